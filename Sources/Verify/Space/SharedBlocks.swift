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
    }

    /// What the tables say of one block, and how often it was met.
    package struct Entry: Sendable {
        /// The addresses to claim; a dedup entry may have gained copies that an old pointer lacks. Empty where
        /// the pointer's own are to be taken.
        package let addresses: [DVA]
        /// References that the tables count.
        package let expected: UInt64
        package fileprivate(set) var found: UInt64 = 0

        package init(addresses: [DVA] = [], expected: UInt64) {
            self.addresses = addresses
            self.expected = expected
        }
    }

    /// What is to be done for one reference.
    enum Reference {
        /// It is not shared: the pointer's own addresses are claimed.
        case own
        /// It is met for the first time: these are claimed.
        case first([DVA])
        /// It has been claimed.
        case again
    }

    private let entries: Mutex<[Key: Entry]>
    private let isEmpty: Bool

    package init(_ entries: [Key: Entry] = [:]) {
        isEmpty = entries.isEmpty
        self.entries = Mutex(entries)
    }

    /// Notes one reference to a block.
    func note(_ pointer: BlockPointer) -> Reference {
        guard !isEmpty, pointer.level == 0, !pointer.isEmbedded else { return .own }
        let key = Key(pointer.dva(0))
        return entries.withLock { entries in
            guard var entry = entries[key] else { return .own }
            entry.found &+= 1
            entries[key] = entry
            guard entry.found == 1 else { return .again }
            return entry.addresses.isEmpty ? .own : .first(entry.addresses)
        }
    }
}
