import Blocks
import Bytes
import Vdevs

/// Reads blocks on which nothing hangs, in the order of their addresses, and proves them by their checksums.
///
/// A walk meets the blocks of an object in the order of their contents; sorted, a batch of them becomes reads that
/// mostly follow each other on the device.
struct ContentCheck: ~Copyable {
    private let reader: BlockReader
    private var pending: [(pointer: BlockPointer, place: BlockPlace)] = []
    private var buffer: [UInt8] = []
    /// Bytes read and proved, as stored.
    private(set) var readBytes: UInt64 = 0
    /// Blocks read at a time: those of two indirect blocks.
    private static let batchSize = 2048

    init(_ reader: BlockReader) { self.reader = reader }

    mutating func add(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard !pointer.isEmbedded else { return }
        pending.append((pointer, place))
    }

    mutating func flushIfFull(reporting problems: inout ProblemList) {
        if pending.count >= Self.batchSize { finish(reporting: &problems) }
    }

    /// Reads all that wait.
    mutating func finish(reporting problems: inout ProblemList) {
        pending.sort {
            ($0.pointer.words[0] >> 32, $0.pointer.words[1])
                < ($1.pointer.words[0] >> 32, $1.pointer.words[1])
        }
        for item in pending {
            do throws(BlockError) {
                try read(item.pointer)
            } catch {
                problems.add(Self.problem(error, item.pointer, item.place))
            }
        }
        pending.removeAll(keepingCapacity: true)
    }

    private mutating func read(_ pointer: BlockPointer) throws(BlockError) {
        let count = pointer.physicalSize
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        _ = try buffer.withMutableRawBytes { raw throws(BlockError) in
            var part = raw._mutatingExtracting(0..<count)
            return try reader.readStored(pointer, into: &part)
        }
        readBytes &+= UInt64(truncatingIfNeeded: count)
    }

    private static func problem(
        _ error: BlockError, _ pointer: BlockPointer, _ place: BlockPlace
    ) -> Problem {
        var location = Location(place)
        let address = pointer.dva(0)
        location.vdev = UInt64(address.vdev)
        location.offset = address.offset
        location.size = address.allocatedSize
        location.txg = pointer.birth
        return Problem(
            error.isChecksumMismatch ? .blockChecksum : .blockUnreadable, at: location,
            evidence: Record(["cause": .text("\(error)")]))
    }
}
