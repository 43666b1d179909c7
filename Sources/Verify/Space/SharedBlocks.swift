package import Datasets
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

    /// What the tables say of one block.
    package struct Entry: Sendable {
        /// The addresses to claim; a dedup entry may have gained copies that an old pointer lacks. Empty where
        /// the pointer's own are to be taken.
        package let addresses: [DVA]
        /// References that the tables count.
        package let expected: UInt64

        package init(addresses: [DVA] = [], expected: UInt64) {
            self.addresses = addresses
            self.expected = expected
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

    private final class Shard: Sendable {
        let found = Mutex<[Key: References]>([:])
    }

    private let entries: [Key: Entry]
    private let shards: [Shard] = (0..<64).map { _ in Shard() }
    /// The first deduplicated blocks that no table knows.
    private let strangers = Mutex<[Key]>([])
    private static let mostStrangers = 1000
    /// The first copies of deduplicated blocks that no entry knows.
    private let strayCopies = Mutex<[StrayCopy]>([])
    private let deflation: Deflation?
    /// Whether blocks with one reference are among the entries, so that whatever is not is unknown to all tables.
    let hasAll: Bool

    /// Kept apart from the entries, since every block of a walk asks.
    package let isEmpty: Bool

    package init(
        _ entries: [Key: Entry] = [:], deflation: Deflation? = nil, hasAll: Bool = false
    ) {
        self.entries = entries
        self.deflation = deflation
        self.hasAll = hasAll
        isEmpty = entries.isEmpty && !hasAll
    }

    /// Notes one reference to a block.
    func note(_ pointer: BlockPointer) -> Reference {
        guard !isEmpty, pointer.level == 0, !pointer.isEmbedded else { return .own }
        let key = Key(pointer.dva(0))
        guard let entry = entries[key] else {
            if hasAll, pointer.isDeduplicated { noteStranger(key) }
            return .own
        }
        if pointer.isDeduplicated, !entry.addresses.isEmpty { compareCopies(pointer, entry, key) }
        let count = shard(key).found.withLock { found in
            found[key, default: References()].count += 1
            let count = found[key]?.count ?? 0
            if count == 1, let deflation {
                found[key]?.charged = ChargedSpace(pointer, deflation).used
            }
            return count
        }
        return count == 1 ? .first(entry.addresses) : .again
    }

    private func shard(_ key: Key) -> Shard {
        shards[Int(truncatingIfNeeded: key.offset >> 12 & 63)]
    }

    /// An entry may have gained copies since the pointer was written, never lost any (`ddt_bp_fill`,
    /// `module/zfs/ddt.c`).
    private func compareCopies(_ pointer: BlockPointer, _ entry: Entry, _ key: Key) {
        for index in 1..<pointer.copyLimit where pointer.hasCopy(index) {
            let copy = pointer.dva(index)
            guard !entry.addresses.contains(copy) else { continue }
            strayCopies.withLock { list in
                if list.count < Self.mostStrangers { list.append(StrayCopy(key: key, copy: copy)) }
            }
        }
    }

    private func noteStranger(_ key: Key) {
        strangers.withLock { if $0.count < Self.mostStrangers { $0.append(key) } }
    }

    /// The references to a block that the walk met; nil where they were not counted.
    func references(_ key: Key) -> References? {
        guard entries[key] != nil else { return nil }
        return shard(key).found.withLock { $0[key] ?? References() }
    }

    /// Whether a block reference table knows the block; where a dedup table does, too, this one counts.
    func isCloned(_ key: Key) -> Bool { entries[key]?.addresses.isEmpty ?? false }

    /// Copies that no entry knows, each once, as many as anybody reads of.
    var unknownCopies: [StrayCopy] {
        Set(strayCopies.withLock { $0 }).sorted {
            ($0.key.vdev, $0.key.offset, $0.copy.vdev, $0.copy.offset)
                < ($1.key.vdev, $1.key.offset, $1.copy.vdev, $1.copy.offset)
        }
    }

    /// Deduplicated blocks that no table knows, each once, as many as anybody reads of.
    var unknownBlocks: [Key] {
        Set(strangers.withLock { $0 }).sorted { ($0.vdev, $0.offset) < ($1.vdev, $1.offset) }
    }
}
