import Vdevs

/// Pointers that are put into a tree as they are.
extension ObjectDraft {
    /// Lets a place of the tree lead to a block that is there already, such as the one that a snapshot shares.
    ///
    /// What the pointer says now is forgotten: it can't be trusted, so nothing is given back for it and no sum changes.
    mutating func graft(_ pointer: BlockPointer, at slot: TreeSlot) {
        grafts[slot] = pointer
    }
}
