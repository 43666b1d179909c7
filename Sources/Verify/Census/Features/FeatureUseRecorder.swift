import Objects
import Vdevs

/// One worker's share of which features the blocks of each dataset use.
///
/// A block that snapshots share is met in the oldest that has it, which was marked when the block was born.
struct FeatureUseRecorder {
    private(set) var found: [UInt64: FeatureUse] = [:]
    /// The dataset at hand and what is known of it, so that most blocks cost a comparison.
    private var objectSet: UInt64 = 0
    private var known: FeatureUse = []

    mutating func visit(_ pointer: BlockPointer, _ place: BlockPlace) {
        guard place.origin == .tree, place.objectSet != 0, !pointer.isRedacted else { return }
        note(FeatureUse(pointer), place.objectSet)
    }

    mutating func visit(_ dnode: Dnode, _ objectSet: UInt64) {
        guard objectSet != 0, dnode.extraSlots > 0 else { return }
        note(.largeDnodes, objectSet)
    }

    mutating func visit(_ header: ObjectSetHeader, _ block: CensusTask) {
        guard block.place.origin == .tree, block.place.objectSet != 0 else { return }
        if header.flags.contains(.userObjectAccountingComplete) {
            note(.countedObjects, block.place.objectSet)
        }
        if header.flags.contains(.projectQuotaComplete) {
            note(.countedProjects, block.place.objectSet)
        }
    }

    private mutating func note(_ use: FeatureUse, _ objectSet: UInt64) {
        guard !use.isEmpty else { return }
        if objectSet != self.objectSet {
            self.objectSet = objectSet
            known = found[objectSet] ?? []
        }
        guard !known.isSuperset(of: use) else { return }
        known.formUnion(use)
        found[objectSet] = known
    }
}
