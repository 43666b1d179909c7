import Datasets
package import Vdevs

/// Exact sums over trees, for whoever holds the pool's counters against them.
///
/// All of them are nil where the walk was not made, where something below could not be read, and where the notes took more
/// memory than they may: then nothing can be compared, and the check says `unchecked` with `whyUnknown`.
extension Census {
    /// What a block and everything below it take, whichever snapshots share it.
    ///
    /// Of a dataset's `ds_bp` this is what `ds_referenced_bytes` (`charged`), `ds_compressed_bytes` (`compressed`) and
    /// `ds_uncompressed_bytes` (`uncompressed`) count; of the uberblock's root, what the pool charges `$MOS` for. A hole
    /// takes nothing.
    package func total(of pointer: BlockPointer) -> SubtreeTotal? {
        guard isTaken else { return nil }
        var total = SubtreeTotal(pointer, deflation)
        let isBranch =
            pointer.level > 0 || pointer.type == .dnode || pointer.type == .objectSet
        guard isBranch, !pointer.isHole else { return total }
        guard let below = totals.entry(pointer) else { return nil }
        total.add(below.total)
        return total
    }

    /// What a dataset refers to that its previous snapshot (for a clone's first: its origin) does not have: the sum over
    /// all blocks of its tree that were born after `ds_prev_snap_txg`, its root included. Zero for one that never changed.
    ///
    /// For a head this is its `ds_unique_bytes` (`dsl_dataset_recalc_head_uniq`); for a snapshot, what is unique to it and
    /// what later snapshots still have. `objectSet` is the dataset's object in the MOS; 0, the MOS itself.
    package func bornSince(objectSet: UInt64) -> SubtreeTotal? {
        born(SubtreeRecorder.Root(objectSet: objectSet, origin: .tree))
    }

    /// What the trees take that a queue of destroyed datasets (`bptree_obj`) is to free, each above its own floor, queues
    /// that are half freed left out.
    package func destroyed(queue object: UInt64) -> SubtreeTotal? {
        born(SubtreeRecorder.Root(objectSet: object, origin: .destroyedTree))
    }

    /// Why a sum is nil, for `leaveUnchecked`.
    package var whyUnknown: String {
        if !isTaken { return "the pool was not walked" }
        return budget.isLeft
            ? "blocks below can't be read" : "the notes of the walk take more memory than allowed"
    }

    private func born(_ root: SubtreeRecorder.Root) -> SubtreeTotal? {
        let totals = totals
        guard isTaken, !totals.incomplete.contains(root) else { return nil }
        return totals.born[root] ?? SubtreeTotal()
    }
}
