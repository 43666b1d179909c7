import Blocks
import Bytes
import Vdevs

/// Reads blocks on which nothing hangs, in the order of their addresses, and proves them by their checksums.
///
/// A walk meets the blocks of an object in the order of their contents; sorted, a batch of them becomes reads that
/// mostly follow each other on the device.
struct ContentCheck: ~Copyable {
    private let reader: BlockReader
    private var readAhead: ReadAhead
    private let leftovers: LeftoverBlocks
    private var pending: [LeftoverBlocks.Block] = []
    private var buffer: [UInt8] = []
    /// Bytes read and proved, as stored.
    private(set) var readBytes: UInt64 = 0
    /// Blocks read at a time: those of two indirect blocks.
    private static let batchSize = 2048
    /// Leftovers taken at a time.
    private static let leftoverCount = 128

    /// Whether reads had to wait for devices, so that announcing them pays.
    private var isWaiting = true
    /// Bytes that are announced before they are read: 16 of the longest runs.
    private static let aheadByteCount = 16 << 20
    /// Faster than devices are, so that the bytes must have been in memory, in bytes per second.
    private static let memorySpeed = 1e9

    /// What is done with contents beyond their checksums.
    private let expansion: ContentExpansion

    init(_ reader: BlockReader, _ leftovers: LeftoverBlocks, expanding: ContentExpansion.Extent?) {
        self.reader = reader
        self.leftovers = leftovers
        expansion = ContentExpansion(expanding)
        readAhead = ReadAhead(reader.vdevs)
    }

    /// Has somebody look at all metadata that is expanded.
    mutating func inspect(with inspector: any CensusObserver) {
        expansion.inspector = inspector
    }

    mutating func add(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard !pointer.isEmbedded else { return }
        pending.append(LeftoverBlocks.Block(pointer: pointer, place: place))
    }

    mutating func flushIfFull(reporting problems: inout ProblemList) {
        if pending.count >= Self.batchSize { readPending(reporting: &problems) }
    }

    /// Reads all that wait, also for workers that are still busy.
    mutating func finish(reporting problems: inout ProblemList) {
        leftovers.give(&pending)
        while leftovers.take(Self.leftoverCount, into: &pending) {
            readPending(reporting: &problems)
        }
    }

    private mutating func readPending(reporting problems: inout ProblemList) {
        let start = ContinuousClock.now
        let before = readBytes
        // By offset alone: vdevs fill up evenly, so that their blocks alternate and all devices are busy.
        pending.sort { $0.pointer.words[1] < $1.pointer.words[1] }
        var announced = isWaiting ? 0 : pending.count
        var ahead = 0
        for item in pending {
            while announced < pending.count, ahead < Self.aheadByteCount {
                let next = pending[announced].pointer
                readAhead.announce(next)
                ahead += next.physicalSize
                announced += 1
                if announced == pending.count { readAhead.finish() }
            }
            ahead -= item.pointer.physicalSize
            do throws(BlockError) {
                try read(item.pointer, item.place)
            } catch {
                guard !error.isWithoutMapping else { continue }
                problems.add(Self.problem(error, item.pointer, item.place))
            }
        }
        pending.removeAll(keepingCapacity: true)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        isWaiting = Double(readBytes - before) < seconds * Self.memorySpeed
    }

    private mutating func read(
        _ pointer: BlockPointer, _ place: BlockPlace
    ) throws(BlockError) {
        let count = pointer.physicalSize
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        _ = try buffer.withMutableRawBytes { raw throws(BlockError) in
            var part = raw._mutatingExtracting(0..<count)
            return try reader.readStored(pointer, into: &part)
        }
        readBytes &+= UInt64(truncatingIfNeeded: count)
        let stored = buffer.rawBytes.extracting(0..<count)
        try expansion.expand(stored, of: pointer, at: place)
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
            ProblemKind(lossOf: error), at: location,
            evidence: Record(["cause": .text("\(error)")]))
    }
}
