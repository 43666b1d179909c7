package import Bytes
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
    /// A block of pointers was read: what is met from here to `finishedBlock` stands in it.
    mutating func entered(_ block: CensusTask)
    /// The header of an object set that was entered, before what it leads to.
    mutating func opened(_ header: ObjectSetHeader, in block: CensusTask)
    /// A pointer of the block that was entered, which is not visited since an older tree has it.
    mutating func passed(_ pointer: BlockPointer, at place: BlockPlace)
    /// A block of pointers that was entered before is not entered again; in a sound pool none is met twice.
    mutating func metAgain(_ block: CensusTask)
    /// A dnode of the block that was entered can't be followed.
    mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError)
}

extension CensusVisitor where Self: ~Copyable {
    package mutating func entered(_ block: CensusTask) {}
    package mutating func opened(_ header: ObjectSetHeader, in block: CensusTask) {}
    package mutating func passed(_ pointer: BlockPointer, at place: BlockPlace) {}
    package mutating func metAgain(_ block: CensusTask) {}
    package mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {}
}
