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
        let stored: DSLDataset
    }

    private let found = Mutex<[UInt64: Found]>([:])

    /// All that have been met, in the order of their objects.
    ///
    /// Where a dataset and the snapshot before it disagree on when that was taken, the snapshot's word counts if it leads
    /// back to the dataset: a walk with the wrong floor would meet blocks twice, or never.
    var all: [Root] {
        let found = found.withLock { $0 }
        return found.values.map { own in
            guard let before = found[own.stored.previousSnapshot],
                before.stored.nextSnapshot == own.root.object
            else { return own.root }
            return Root(
                object: own.root.object, pointer: own.root.pointer,
                floor: before.stored.creationTxg, isSnapshot: own.root.isSnapshot)
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
        found.withLock { $0[object] = Found(root: root, stored: stored) }
    }
}
