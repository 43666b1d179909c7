import Devices
import Objects
import Vdevs

/// Where a `ReadAhead` leaves what is to be read, and its threads leave what they read.
final class ReadAheadDesk: Sendable {
    /// A record and the pointer that the walk found for it.
    struct Record: Sendable {
        let index: UInt64
        let pointer: BlockPointer
    }

    private struct State: Sendable {
        var waiting: [(number: Int, records: [Record])] = []
        var ready: [Int: [FilePiece]] = [:]
        var next = 0
        var isClosed = false
    }

    let reader: FileReader
    private let range: Range<UInt64>
    private let state = Monitor(State())
    private let workers = Monitor(0)

    init(_ reader: FileReader, _ range: Range<UInt64>) {
        self.reader = reader
        self.range = range
    }

    var hasWorkers: Bool { workers.wait { $0 > 0 } }

    /// Starts threads, as many as the system gives.
    func hire(_ count: Int) {
        for _ in 0..<count {
            let started = Worker.start { [self] in
                while let (number, records) = claim() {
                    let pieces = read(records)
                    state.update { $0.ready[number] = pieces }
                }
            }
            if started { workers.update { $0 += 1 } }
        }
    }

    /// Has some neighbouring records read; returns the number to take them by.
    func add(_ records: [Record]) -> Int {
        state.update { state in
            state.waiting.append((state.next, records))
            state.next += 1
            return state.next - 1
        }
    }

    /// The pieces of what was added, read here where there are no threads.
    func take(_ number: Int) -> [FilePiece] {
        guard hasWorkers else {
            let unit = state.update { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            return unit.map { read($0.records) } ?? []
        }
        return state.wait { $0.ready.removeValue(forKey: number) }
    }

    /// Lets the threads end.
    func close() {
        state.update { state in
            state.isClosed = true
            state.waiting.removeAll()
            state.ready.removeAll()
        }
    }

    private func claim() -> (number: Int, records: [Record])? {
        state.wait { state -> (number: Int, records: [Record])?? in
            if state.isClosed { return .some(nil) }
            guard !state.waiting.isEmpty else { return .none }
            return .some(.some(state.waiting.removeFirst()))
        }
    }

    private func read(_ records: [Record]) -> [FilePiece] {
        var pieces: [FilePiece] = []
        let size = UInt64(reader.recordSize)
        let blocks = reader.object.blocks(records.map { ($0.index, $0.pointer) })
        for (record, block) in zip(records, blocks) {
            // Sound: the walk found the record below the file's end.
            let place = record.index * size
            let low = max(place, range.lowerBound)
            let high = min(
                place + UInt64(reader.byteCount(ofRecord: record.index)), range.upperBound)
            guard low < high else { continue }
            let cut = Int(low - place)..<Int(high - place)
            let content: FilePiece.Content
            switch block {
            case .success(let block):
                let isWhole = cut.lowerBound == 0 && cut.upperBound == block.bytes.count
                content = .data(isWhole ? block.bytes : [UInt8](block.bytes[cut]))
            case .failure(let error): content = .unreadable(error)
            }
            pieces.append(FilePiece(offset: low, byteCount: high - low, content: content))
        }
        return pieces
    }
}
