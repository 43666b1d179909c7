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

    private final class Shard: Sendable {
        let found = Mutex<[Key: UInt64]>([:])
    }

    private let entries: [Key: Entry]
    private let shards: [Shard] = (0..<64).map { _ in Shard() }

    /// Kept apart from the entries, since every block of a walk asks.
    package let isEmpty: Bool

    package init(_ entries: [Key: Entry] = [:]) {
        self.entries = entries
        isEmpty = entries.isEmpty
    }

    /// Notes one reference to a block.
    func note(_ pointer: BlockPointer) -> Reference {
        guard !isEmpty, pointer.level == 0, !pointer.isEmbedded else { return .own }
        let key = Key(pointer.dva(0))
        guard let entry = entries[key] else { return .own }
        let shard = shards[Int(truncatingIfNeeded: key.offset >> 12 & 63)]
        let count = shard.found.withLock { found in
            found[key, default: 0] += 1
            return found[key, default: 0]
        }
        return count == 1 ? .first(entry.addresses) : .again
    }
}
