import Bytes
import Datasets
import Objects
import Synchronization
import Vdevs

/// The datasets that a walk over the MOS has met, by their objects.
///
/// Every object whose bonus is a dataset's is one, whether the tree of names leads to it or not: internal ones, halves
/// of a receive, and those whose name was lost too. Mirrors how `traverse_pool` (`module/zfs/dmu_traverse.c`) finds them.
final class DatasetRoots: Sendable {
    /// One dataset as the walk needs it.
    struct Root: Sendable {
        let object: UInt64
        let pointer: BlockPointer
        /// Blocks up to this group belong to the snapshot before.
        let floor: TransactionGroup
        let isSnapshot: Bool
    }

    private struct Found {
        let root: Root
        let previous: UInt64
        let next: UInt64
        let creationTxg: TransactionGroup
    }

    private struct State {
        var found: [UInt64: Found] = [:]
        var isFull = false
    }

    private let state = Mutex(State())
    /// Datasets that are kept.
    private let limit: Int
    /// What a dataset takes here, in the list of roots and as work that waits.
    private static let bytesPerDataset = 2048
    /// These are kept in any case.
    private static let fewest = 1 << 13

    /// `memory` is in bytes.
    init(memory: Int) { limit = max(Self.fewest, memory / Self.bytesPerDataset) }

    /// Whether there are more than were kept.
    var isFull: Bool { state.withLock { $0.isFull } }

    /// All that have been met, in the order of their objects.
    ///
    /// Where a dataset and the snapshot before it disagree on when that was taken, the snapshot's word counts if it leads
    /// back to the dataset: a walk with the wrong floor would meet blocks twice, or never.
    var all: [Root] {
        let found = state.withLock { $0.found }
        return found.values.map { own in
            guard let before = found[own.previous], before.next == own.root.object
            else { return own.root }
            return Root(
                object: own.root.object, pointer: own.root.pointer,
                floor: before.creationTxg, isSnapshot: own.root.isSnapshot)
        }.sorted { $0.object < $1.object }
    }

    /// Notes the dataset that a dnode of the MOS holds, if it holds one. A bonus that is cut off can't be followed, and
    /// whoever checks datasets reports it.
    func note(_ dnode: Dnode, object: UInt64) {
        guard dnode.bonusType == .dslDataset,
            let stored = try? dnode.withBonus({ bytes throws(FormatError) in
                try DSLDataset(bytes, dnode.order)
            })
        else { return }
        let root = Root(
            object: object, pointer: stored.rootPointer, floor: stored.previousSnapshotTxg,
            isSnapshot: stored.isSnapshot)
        state.withLock { state in
            guard state.found.count < limit else {
                state.isFull = true
                return
            }
            state.found[object] = Found(
                root: root, previous: stored.previousSnapshot, next: stored.nextSnapshot,
                creationTxg: stored.creationTxg)
        }
    }
}
