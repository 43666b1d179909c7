import Blocks
import Bytes
import Devices
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
    /// Bytes of them, as stored.
    private var pendingByteCount = 0
    private var buffer: [UInt8] = []
    /// A block that waits for another to be measured with it, and its bytes.
    private var waiting: LeftoverBlocks.Block?
    private var waitingBuffer: [UInt8] = []
    /// Bytes read and proved, as stored.
    private(set) var readBytes: UInt64 = 0
    /// Blocks read at a time: those of two indirect blocks, and bytes: what one worker can be busy with while all others are done.
    private static let batchSize = 2048
    private static let batchByteCount = 16 << 20
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
    private let copies: CopyRecorder?
    private let codes: BlockCodes?
    private let interruption: Interruption

    init(_ context: SpaceContext) {
        reader = context.space.reader
        leftovers = context.leftovers
        expansion = ContentExpansion(context.expansion)
        let reader = reader
        copies = context.copies.map { CopyRecorder(reader, $0) }
        codes = context.codes
        interruption = context.interruption
        readAhead = ReadAhead(reader.vdevs, ofAllCopies: context.copies != nil)
    }

    /// Has somebody look at all metadata that is expanded.
    mutating func inspect(with inspector: (any ContentObserver)?) {
        expansion.inspector = inspector
    }

    /// `isKnown` says that somebody else reads the block too, and tells where that can't be done.
    mutating func add(_ pointer: BlockPointer, _ place: BlockPlace, isKnown: Bool = false) {
        guard !pointer.isEmbedded else { return }
        pending.append(LeftoverBlocks.Block(pointer: pointer, place: place, isKnown: isKnown))
        pendingByteCount += pointer.physicalSize
    }

    mutating func flushIfFull(reporting problems: inout ProblemList) {
        guard pending.count >= Self.batchSize || pendingByteCount >= Self.batchByteCount else {
            return
        }
        readPending(reporting: &problems)
    }

    /// Reads all that wait, also for workers that are still busy.
    mutating func finish(reporting problems: inout ProblemList) {
        leftovers.give(&pending)
        while leftovers.take(Self.leftoverCount, into: &pending) {
            readPending(reporting: &problems)
        }
        copies?.finish()
    }

    private mutating func readPending(reporting problems: inout ProblemList) {
        let start = ContinuousClock.now
        let before = readBytes
        // By offset alone: vdevs fill up evenly, so that their blocks alternate and all devices are busy.
        pending.sort { $0.pointer.words[1] < $1.pointer.words[1] }
        var announced = isWaiting ? 0 : pending.count
        var ahead = 0
        for item in pending where !interruption.isRequested {
            while announced < pending.count, ahead < Self.aheadByteCount {
                let next = pending[announced].pointer
                readAhead.announce(next)
                ahead += next.physicalSize
                announced += 1
                if announced == pending.count { readAhead.finish() }
            }
            ahead -= item.pointer.physicalSize
            do throws(BlockError) {
                if let problem = try read(item, &problems) { problems.add(problem) }
            } catch {
                guard !item.isKnown, !error.isWithoutMapping else { continue }
                problems.add(Self.problem(error, item.pointer, item.place))
            }
        }
        measureWaiting(&problems)
        pending.removeAll(keepingCapacity: true)
        pendingByteCount = 0
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        isWaiting = Double(readBytes - before) < seconds * Self.memorySpeed
    }

    /// Reads and proves a block; what is wrong with the code of an encrypted one is returned.
    private mutating func read(
        _ item: LeftoverBlocks.Block, _ problems: inout ProblemList
    ) throws(BlockError) -> Problem? {
        let (pointer, place) = (item.pointer, item.place)
        let count = pointer.physicalSize
        if buffer.count < count { buffer = [UInt8](repeating: 0, count: count) }
        let incidents = try buffer.withMutableRawBytes { raw throws(BlockError) in
            var part = raw._mutatingExtracting(0..<count)
            return try reader.readStored(pointer, into: &part)
        }
        readBytes &+= UInt64(truncatingIfNeeded: count)
        if let incident = incidents.first(where: \.isOfTree) {
            problems.add(
                Problem(
                    .gangMember, at: Location(place, pointer),
                    evidence: Record([
                        "member": .text("\(incident.dva)"), "cause": .text(incident.what),
                    ])))
        }
        var plain: [UInt8]?
        do {
            let stored = buffer.rawBytes.extracting(0..<count)
            copies?.check(stored, of: pointer, at: place, isFirstProven: incidents.isEmpty)
            switch codes?.judge(stored, of: pointer, in: place.objectSet) {
            case nil, .unknown: break
            case .proven(let bytes): plain = bytes
            case .refuted(let kind, let cause):
                return Problem(
                    kind, at: Location(place, pointer), evidence: Record(["cause": .text(cause)]))
            }
        }
        guard !item.isKnown else { return nil }
        if let plain {
            try expansion.expand(decrypted: plain.rawBytes, of: pointer)
        } else if expansion.isOnlyMeasured(pointer, at: place) {
            try measure(item, &problems)
        } else {
            let stored = buffer.rawBytes
            try expansion.expand(stored.extracting(0..<count), of: pointer, at: place)
        }
        return nil
    }

    /// Measures the block in the buffer together with the one that waits; where there is none, it waits itself.
    private mutating func measure(
        _ item: LeftoverBlocks.Block, _ problems: inout ProblemList
    ) throws(BlockError) {
        guard let other = waiting else {
            waiting = item
            (buffer, waitingBuffer) = (waitingBuffer, buffer)
            return
        }
        waiting = nil
        let found = expansion.measure(
            buffer.rawBytes.extracting(0..<item.pointer.physicalSize), of: item.pointer,
            and: waitingBuffer.rawBytes.extracting(0..<other.pointer.physicalSize),
            of: other.pointer)
        if let error = found.1 {
            problems.add(Self.problem(error, other.pointer, other.place))
        }
        if let error = found.0 { throw error }
    }

    /// Measures a block that no other came to.
    private mutating func measureWaiting(_ problems: inout ProblemList) {
        guard let item = waiting else { return }
        waiting = nil
        let stored = waitingBuffer.rawBytes
        do throws(BlockError) {
            try expansion.expand(
                stored.extracting(0..<item.pointer.physicalSize), of: item.pointer, at: item.place)
        } catch {
            problems.add(Self.problem(error, item.pointer, item.place))
        }
    }

    private static func problem(
        _ error: BlockError, _ pointer: BlockPointer, _ place: BlockPlace
    ) -> Problem {
        Problem(
            ProblemKind(lossOf: error), at: Location(place, pointer),
            evidence: Record(["cause": .text("\(error)")]))
    }
}
