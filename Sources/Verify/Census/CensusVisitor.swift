package import Objects
package import Vdevs

/// What a walk over the pool is for: one worker's share of it.
///
/// Each worker has its own visitor, so that none needs a lock; the caller merges them in the end.
package protocol CensusVisitor: AnyObject, SendableMetatype {
    /// A block that belongs to the walked tree, before anything below it. Returns whether to go on below.
    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool
    /// A dnode in use, before the blocks that it points to.
    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64)
    /// A block, and so everything below it, can't be read or followed.
    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError)
    /// All pointers of one block have been visited; a good moment for work in batches.
    func finishedBlock()
}

/// A visitor that also takes space which no block pointer owns.
package protocol SpaceClaimant: CensusVisitor {
    /// A run of a vdev, in bytes from the start of its allocatable space, that something other than a block pointer owns.
    func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin)
}
