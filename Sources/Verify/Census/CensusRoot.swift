package import Bytes
package import Vdevs

/// A place where a walk over the pool begins.
package struct CensusRoot: Sendable {
    package let pointer: BlockPointer
    package let place: BlockPlace
    /// Only blocks born after this group are visited here; older ones belong to an earlier snapshot or
    /// to the origin of a clone, and are visited there.
    package let floor: TransactionGroup
    /// How far the tree has been freed, where it has begun to be.
    package let resume: ResumePoint?

    package init(
        pointer: BlockPointer, place: BlockPlace, floor: TransactionGroup,
        resume: ResumePoint? = nil
    ) {
        self.pointer = pointer
        self.place = place
        self.floor = floor
        self.resume = resume
    }
}
