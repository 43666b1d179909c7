package import Devices
import Objects

/// Reads a file from front to back with several threads that run ahead of whoever takes the bytes.
///
/// Pieces come in order and cover the range without gaps; how far the threads run ahead is bounded by
/// `memory`. A piece that can't be read is given as such, and the rest is read on.
package struct ReadAhead: Sendable {
    /// Pieces are of whole records, and about this many bytes.
    private static let pieceSize = 1 << 20

    private let reader: FileReader
    private let threads: Int
    private let window: Int
    private let recordsPerPiece: UInt64

    /// `memory` is how many bytes may be held at once; at least one piece for each thread is.
    package init(_ reader: FileReader, memory: UInt64, workers: WorkerPool = .processors) {
        self.reader = reader
        let record = max(1, reader.recordSize)
        recordsPerPiece = UInt64(max(1, Self.pieceSize / record))
        // Each piece exists as stored bytes and as what they decompress to while it is read.
        let piece = UInt64(max(record, Self.pieceSize)) * 2
        window = Int(clamping: min(256, max(1, memory / piece)))
        threads = min(workers.threadCount, window)
    }

    /// Gives the pieces of `count` bytes from `offset` on, fewer where the file ends before; what `body` throws
    /// ends it.
    package func forEachPiece<Failure: Error>(
        from offset: UInt64 = 0, count: UInt64 = .max, _ body: (FilePiece) throws(Failure) -> Void
    ) throws(Failure) {
        let start = min(offset, reader.size)
        let end = start + min(count, reader.size - start)
        guard start < end else { return }
        let unit = UInt64(reader.recordSize) * recordsPerPiece
        let first = start / unit
        let queue = Queue(
            first: first, count: (end - 1) / unit - first + 1, window: UInt64(window))
        defer { queue.cancel() }
        for _ in 0..<threads {
            let started = Worker.start { [self] in
                while let index = queue.take() {
                    queue.put(pieces(ofUnit: index, start..<end), at: index)
                }
            }
            // Without threads the work is done here, below.
            if !started { break }
            queue.addWorker()
        }
        for index in first...((end - 1) / unit) {
            let pieces = queue.hasWorkers ? queue.next(index) : pieces(ofUnit: index, start..<end)
            for piece in pieces { try body(piece) }
        }
    }

    /// The pieces of some neighbouring records.
    private func pieces(ofUnit index: UInt64, _ range: Range<UInt64>) -> [FilePiece] {
        var pieces: [FilePiece] = []
        let record = UInt64(reader.recordSize)
        for number in index * recordsPerPiece..<(index + 1) * recordsPerPiece {
            let (place, overflow) = number.multipliedReportingOverflow(by: record)
            guard !overflow, place < range.upperBound else { break }
            let low = max(place, range.lowerBound)
            let high = min(place + UInt64(reader.byteCount(ofRecord: number)), range.upperBound)
            guard low < high else { continue }
            let cut = Int(low - place)..<Int(high - place)
            pieces.append(
                FilePiece(
                    offset: low, byteCount: high - low, content: content(ofRecord: number, cut)))
        }
        return pieces
    }

    private func content(ofRecord number: UInt64, _ cut: Range<Int>) -> FilePiece.Content {
        do throws(ObjectError) {
            guard let bytes = try reader.record(number) else { return .hole }
            if cut.lowerBound == 0 && cut.upperBound == bytes.count { return .data(bytes) }
            return .data([UInt8](bytes[cut]))
        } catch {
            return .unreadable(error)
        }
    }
}

extension ReadAhead {
    /// Which units are to be read, are read, and were taken.
    private final class Queue: Sendable {
        private struct State: Sendable {
            var next: UInt64
            var taken: UInt64
            var ready: [UInt64: [FilePiece]] = [:]
            var workers = 0
            var isCancelled = false
        }

        private let state: Monitor<State>
        private let end: UInt64
        private let window: UInt64

        init(first: UInt64, count: UInt64, window: UInt64) {
            state = Monitor(State(next: first, taken: first))
            end = first + count
            self.window = window
        }

        var hasWorkers: Bool { state.wait { $0.workers > 0 } }

        func addWorker() { state.update { $0.workers += 1 } }

        /// The next unit to read, once there is room for it; nil when there is none left.
        func take() -> UInt64? {
            state.wait { state -> UInt64?? in
                if state.isCancelled || state.next >= end { return .some(nil) }
                guard state.next - state.taken < window else { return nil }
                state.next += 1
                return state.next - 1
            }
        }

        func put(_ pieces: [FilePiece], at index: UInt64) {
            state.update { $0.ready[index] = pieces }
        }

        /// Waits for a unit; all before it are done with.
        func next(_ index: UInt64) -> [FilePiece] {
            state.update { $0.taken = index }
            return state.wait { $0.ready.removeValue(forKey: index) }
        }

        func cancel() {
            state.update { state in
                state.isCancelled = true
                state.ready.removeAll()
            }
        }
    }
}
