package import Devices
import Objects
import Vdevs

/// Reads a file from front to back with several threads that run ahead of whoever takes the bytes.
///
/// The walk over the file's block pointers finds what is stored, so that holes cost nothing however long they are;
/// threads read what the pointers lead to. Pieces come in order and cover the range without gaps; how far
/// the threads run ahead is bounded by `memory`. A piece that can't be read is given as such, and the rest is
/// read on.
package struct ReadAhead: Sendable {
    /// Records that one thread reads at once have about this many bytes together.
    private static let unitSize = 1 << 20

    let reader: FileReader
    private let threads: Int
    private let window: Int
    private let recordsPerUnit: Int

    /// `memory` is how many bytes may be held at once; at least one record is. With one thread the caller's
    /// own does all the work.
    package init(_ reader: FileReader, memory: UInt64, workers: WorkerPool = .processors) {
        self.reader = reader
        let record = max(1, reader.recordSize)
        recordsPerUnit = max(1, Self.unitSize / record)
        // Each record exists as stored bytes and as what they decompress to while it is read.
        let unit = UInt64(max(record, Self.unitSize)) * 2
        window = Int(clamping: min(256, max(1, memory / unit)))
        let isSmall = reader.size <= UInt64(Self.unitSize)
        threads = isSmall ? 1 : min(workers.threadCount, window)
    }

    /// Gives the pieces of `count` bytes from `offset` on, fewer where the file ends before; what `body` throws
    /// ends it.
    package func forEachPiece<Failure: Error>(
        from offset: UInt64 = 0, count: UInt64 = .max, _ body: (FilePiece) throws(Failure) -> Void
    ) throws(Failure) {
        let start = min(offset, reader.size)
        let end = start + min(count, reader.size - start)
        guard start < end else { return }
        guard reader.edits == nil else { return try forEachEditedPiece(start..<end, body) }
        let desk = ReadAheadDesk(reader, start..<end)
        defer { desk.close() }
        if threads > 1 { desk.hire(threads) }
        var line = Line(desk: desk, window: window, unitCount: recordsPerUnit, place: start)
        let size = UInt64(reader.recordSize)
        let shift = UInt64(reader.object.dnode.pointersPerBlockShift)
        do throws(Ending<Failure>) {
            try reader.object.tree.forEachPointer(from: start / size) {
                step throws(Ending<Failure>) -> IndirectTree.Descent in
                switch step {
                case .pointer(let pointer, level: 0, let index):
                    guard let first = index.product(size), first < end else { throw .reached }
                    try line.add(pointer, index, at: first, end, body)
                case .pointer: break
                case .damaged(let error, let level, let index):
                    let width = UInt64(level) * shift
                    guard width < 64, let span = size.product(1 << width),
                        let first = index.product(span), first < end
                    else { throw .reached }
                    try line.lose(first, span, end, error, body)
                }
                return .into
            }
            try line.finish(end, body)
        } catch {
            switch error {
            case .failure(let failure): throw failure
            case .reached:
                do throws(Ending<Failure>) {
                    try line.finish(end, body)
                } catch {
                    if case .failure(let failure) = error { throw failure }
                }
            }
        }
    }

    /// Why a walk ends before the tree does.
    private enum Ending<Failure: Error>: Error {
        case failure(Failure)
        /// Nothing of what was asked for lies further on.
        case reached
    }

    /// What was found and not yet given, in order.
    private struct Line {
        enum Entry {
            case unit(Int)
            case piece(FilePiece)
        }

        let desk: ReadAheadDesk
        let window: Int
        let unitCount: Int
        /// All bytes before it have been found.
        var place: UInt64
        var entries: [Entry] = []
        var head = 0
        var unitsWaiting = 0
        var unit: [ReadAheadDesk.Record] = []

        init(desk: ReadAheadDesk, window: Int, unitCount: Int, place: UInt64) {
            self.desk = desk
            self.window = window
            self.unitCount = unitCount
            self.place = place
        }

        mutating func add<Failure: Error>(
            _ pointer: BlockPointer, _ index: UInt64, at first: UInt64, _ end: UInt64,
            _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            let byteCount = UInt64(desk.reader.byteCount(ofRecord: index))
            guard byteCount > 0, first + byteCount > place else { return }
            if first > place { try skip(to: first, body) }
            unit.append(ReadAheadDesk.Record(index: index, pointer: pointer))
            place = min(end, first + byteCount)
            if unit.count >= unitCount { try flush(body) }
        }

        mutating func lose<Failure: Error>(
            _ first: UInt64, _ span: UInt64, _ end: UInt64, _ error: ObjectError,
            _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            let (last, overflow) = first.addingReportingOverflow(span)
            let stop = min(end, overflow ? end : last)
            guard stop > place else { return }
            if first > place { try skip(to: first, body) }
            try flush(body)
            entries.append(
                .piece(
                    FilePiece(
                        offset: place, byteCount: stop - place, content: .unreadable(error))))
            place = stop
        }

        /// Gives all that is left, and a hole up to the end.
        mutating func finish<Failure: Error>(
            _ end: UInt64, _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            if place < end { try skip(to: end, body) }
            try flush(body)
            while head < entries.count { try give(body) }
        }

        private mutating func skip<Failure: Error>(
            to next: UInt64, _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            try flush(body)
            entries.append(
                .piece(FilePiece(offset: place, byteCount: next - place, content: .hole)))
            place = next
        }

        /// Has the records found so far read, and gives what is due.
        private mutating func flush<Failure: Error>(
            _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            if !unit.isEmpty {
                entries.append(.unit(desk.add(unit)))
                unit.removeAll(keepingCapacity: true)
                unitsWaiting += 1
            }
            while head < entries.count {
                // Holes and losses need not wait for room.
                if case .unit = entries[head], unitsWaiting < window, desk.hasWorkers { return }
                try give(body)
            }
        }

        private mutating func give<Failure: Error>(
            _ body: (FilePiece) throws(Failure) -> Void
        ) throws(Ending<Failure>) {
            let entry = entries[head]
            head += 1
            if head == entries.count || head > 1024 {
                entries.removeFirst(head)
                head = 0
            }
            do throws(Failure) {
                switch entry {
                case .piece(let piece): try body(piece)
                case .unit(let number):
                    unitsWaiting -= 1
                    for piece in desk.take(number) { try body(piece) }
                }
            } catch {
                throw .failure(error)
            }
        }
    }
}

extension UInt64 {
    /// `self * other`, nil where that overflows.
    fileprivate func product(_ other: UInt64) -> UInt64? {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? nil : product
    }
}
