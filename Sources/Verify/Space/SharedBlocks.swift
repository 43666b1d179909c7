import Datasets
import Synchronization
package import Vdevs

/// The blocks that a dedup table or a block reference table says are shared, each to be claimed once.
///
/// Whoever meets such a block first claims its space; all others only count a reference. A block is known
/// by the place of its first copy.
package final class SharedBlocks: Sendable {
    /// The place of a block's first copy.
    package struct Key: Hashable, Sendable {
        let vdev: UInt32
        let offset: UInt64

        /// Bytes from the start of the vdev's allocatable space.
        package var place: UInt64 { offset }
        package func isOn(_ vdev: UInt32) -> Bool { self.vdev == vdev }

        package init(_ address: DVA) {
            vdev = address.vdev
            offset = address.offset
        }

        package init(vdev: UInt32, offset: UInt64) {
            self.vdev = vdev
            self.offset = offset
        }
    }

    /// What is to be done for one reference.
    enum Reference {
        /// It is not shared: the pointer's own addresses are claimed.
        case own
        /// It is met for the first time: these are claimed, or the pointer's own where there are none.
        case first([DVA])
        /// It has been claimed.
        case again
        /// It may be one of many: its space is claimed as such, and is not claimed twice by that.
        case perhaps
    }

    /// The references to one block that were met.
    struct References {
        var count: UInt64 = 0
        /// What the block is charged as.
        var charged: UInt64 = 0
    }

    /// A copy of a deduplicated block that its entry does not have.
    struct StrayCopy: Hashable, Sendable {
        /// Where the first copy is, by which the entry is known.
        let key: Key
        let copy: DVA
    }

    /// A pointer that leads to the block of an entry and is not as the entry says.
    struct Misfit: Sendable {
        let key: Key
        let pointer: BlockPointer
    }

    /// The references of the blocks in every 64th slot of the table.
    private final class Shard: Sendable {
        let found: Mutex<[References]>

        init(count: Int) {
            found = Mutex([References](repeating: References(), count: count))
        }
    }

    private let table: SharedBlockTable
    private let shards: [Shard]
    private static let shardCount = 64
    /// Where clones may be, in a pool whose tables take more memory than there is; else nil, and each block is known.
    private let regions: ClonedRegions?
    /// The first deduplicated blocks that no table knows.
    private let strangers = Mutex<[Key]>([])
    private static let mostStrangers = 1000
    /// The first copies of deduplicated blocks that no entry knows.
    private let strayCopies = Mutex<[StrayCopy]>([])
    /// The first deduplicated pointers that are not as their entries say.
    private let strangePointers = Mutex<[Misfit]>([])
    private let deflation: Deflation?
    /// Whether blocks with one reference are among the entries, so that whatever is not is unknown to all tables.
    let hasAll: Bool

    /// Kept apart from the table, since every block of a walk asks.
    package let isEmpty: Bool
    /// Whether the tables are more than memory holds, so that references are not counted.
    var isUncounted: Bool { regions != nil }

    /// Blocks that are known one by one.
    init(_ table: SharedBlockTable, deflation: Deflation, hasAll: Bool) {
        self.table = table
        self.deflation = deflation
        self.hasAll = hasAll
        isEmpty = table.isEmpty && !hasAll
        regions = nil
        let count = table.slotCount / Self.shardCount + 1
        shards = (0..<Self.shardCount).map { _ in Shard(count: count) }
    }

    /// Blocks that are too many to be known: those with the mark of dedup, and all in these regions, may be shared.
    init(uncounted regions: ClonedRegions) {
        table = SharedBlockTable(limit: 0)
        self.regions = regions
        deflation = nil
        hasAll = false
        isEmpty = false
        shards = []
    }

    /// Notes one reference to a block.
    func note(_ pointer: BlockPointer) -> Reference {
        guard !isEmpty, pointer.level == 0, !pointer.isEmbedded else { return .own }
        if let regions {
            // Metadata is never cloned (`zio_brt_free`, `module/zfs/zio.c`).
            let mayBeCloned = !pointer.type.isMetadata && regions.contains(pointer.dva(0))
            return pointer.isDeduplicated || mayBeCloned ? .perhaps : .own
        }
        let key = Key(pointer.dva(0))
        guard let slot = table.slot(of: key) else {
            if hasAll, pointer.isDeduplicated { noteStranger(key) }
            return .own
        }
        if pointer.isDeduplicated, !table.isCloned(inSlot: slot) {
            if !table.fits(DedupDigest(pointer), inSlot: slot) { noteMisfit(pointer, key) }
            compareCopies(pointer, table.addresses(inSlot: slot), key)
        }
        let place = slot / Self.shardCount
        let count = shards[slot % Self.shardCount].found.withLock { found in
            // Sound: a pool has far fewer than 2^64 pointers.
            found[place].count &+= 1
            if found[place].count == 1, let deflation {
                found[place].charged = ChargedSpace(pointer, deflation).used
            }
            return found[place].count
        }
        return count == 1 ? .first(Array(table.addresses(inSlot: slot))) : .again
    }

    /// An entry may have gained copies since the pointer was written, never lost any (`ddt_bp_fill`,
    /// `module/zfs/ddt.c`).
    private func compareCopies(_ pointer: BlockPointer, _ known: ArraySlice<DVA>, _ key: Key) {
        for index in 1..<pointer.copyLimit where pointer.hasCopy(index) {
            let copy = pointer.dva(index)
            guard !known.contains(copy) else { continue }
            strayCopies.withLock { list in
                if list.count < Self.mostStrangers { list.append(StrayCopy(key: key, copy: copy)) }
            }
        }
    }

    private func noteMisfit(_ pointer: BlockPointer, _ key: Key) {
        strangePointers.withLock {
            if $0.count < Self.mostStrangers { $0.append(Misfit(key: key, pointer: pointer)) }
        }
    }

    private func noteStranger(_ key: Key) {
        strangers.withLock { if $0.count < Self.mostStrangers { $0.append(key) } }
    }

    /// The references to a block that the walk met; nil where they were not counted.
    func references(_ key: Key) -> References? {
        guard let slot = table.slot(of: key), !shards.isEmpty else { return nil }
        return shards[slot % Self.shardCount].found.withLock { $0[slot / Self.shardCount] }
    }

    /// Whether a block reference table knows the block; where a dedup table does, too, this one counts.
    func isCloned(_ key: Key) -> Bool {
        table.slot(of: key).map { table.isCloned(inSlot: $0) } ?? false
    }

    /// Copies that no entry knows, each once, as many as anybody reads of.
    var unknownCopies: [StrayCopy] {
        Set(strayCopies.withLock { $0 }).sorted {
            ($0.key.vdev, $0.key.offset, $0.copy.vdev, $0.copy.offset)
                < ($1.key.vdev, $1.key.offset, $1.copy.vdev, $1.copy.offset)
        }
    }

    /// Pointers that lead to the blocks of entries and are not as those say, the first of each block that was met.
    var misfits: [Key: BlockPointer] {
        strangePointers.withLock { found in
            Dictionary(found.map { ($0.key, $0.pointer) }) { first, _ in first }
        }
    }

    /// Deduplicated blocks that no table knows, each once, as many as anybody reads of.
    var unknownBlocks: [Key] {
        Set(strangers.withLock { $0 }).sorted { ($0.vdev, $0.offset) < ($1.vdev, $1.offset) }
    }
}
