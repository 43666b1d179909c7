package import Objects
package import Vdevs

/// What a walk over the pool is for: one worker's share of it.
///
/// Each worker has its own visitor, so that none needs a lock; the caller merges them in the end. A visitor that is a value
/// which can't be copied costs no reference counts either.
package protocol CensusVisitor: ~Copyable, SendableMetatype {
    /// A block that belongs to the walked tree, before anything below it. Returns whether to go on below.
    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool
    /// A dnode in use, before the blocks that it points to.
    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64)
    /// A block, and so everything below it, can't be read or followed.
    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError)
    /// All pointers of one block have been visited; a good moment for work in batches.
    mutating func finishedBlock()
}
