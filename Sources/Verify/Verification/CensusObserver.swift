package import Bytes
package import Objects
package import Vdevs

/// Somebody who looks on while the pool is walked; each worker has its own, so that none needs a lock.
///
/// Its methods are called for every block: it is a value, since each access to a variable of an object costs a check.
package protocol CensusObserver: SendableMetatype {
    /// A block, before anything below it.
    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace)
    /// A dnode in use, before the blocks that it points to.
    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64)
    /// A block, and so everything below it, can't be read or followed.
    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError)
    /// A block of pointers was read: what is met from here to `finishedBlock` stands in it.
    mutating func entered(_ block: CensusTask)
    /// The header of an object set that was entered, before what it leads to.
    mutating func opened(_ header: ObjectSetHeader, in block: CensusTask)
    /// A pointer of the block that was entered, which is not visited since an older tree has it.
    mutating func passed(_ pointer: BlockPointer, at place: BlockPlace)
    /// A block of pointers that was entered before is not entered again.
    mutating func metAgain(_ block: CensusTask)
    /// A dnode of the block that was entered can't be followed.
    mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError)
    /// All of the block that was entered has been visited.
    mutating func finishedBlock()
    /// Who looks at contents.
    var contents: (any ContentObserver)? { get }
    /// The worker has nothing left to do.
    mutating func finish()
}

extension CensusObserver {
    package mutating func entered(_ block: CensusTask) {}
    package mutating func opened(_ header: ObjectSetHeader, in block: CensusTask) {}
    package mutating func passed(_ pointer: BlockPointer, at place: BlockPlace) {}
    package mutating func metAgain(_ block: CensusTask) {}
    package mutating func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {}
    package mutating func finishedBlock() {}
    package var contents: (any ContentObserver)? { nil }
}
