package import Bytes
package import Objects
package import Vdevs

/// Somebody who looks on while the pool is walked; each worker has its own, so that none needs a lock.
package protocol CensusObserver: AnyObject, SendableMetatype {
    /// A block, before anything below it.
    func visit(_ pointer: BlockPointer, at place: BlockPlace)
    /// A dnode in use, before the blocks that it points to.
    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64)
    /// A block, and so everything below it, can't be read or followed.
    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError)
    /// A block of pointers was read: what is met from here to `finishedBlock` stands in it.
    func entered(_ block: CensusTask)
    /// The header of an object set that was entered, before what it leads to.
    func opened(_ header: ObjectSetHeader, in block: CensusTask)
    /// A pointer of the block that was entered, which is not visited since an older tree has it.
    func passed(_ pointer: BlockPointer, at place: BlockPlace)
    /// A block of pointers that was entered before is not entered again.
    func metAgain(_ block: CensusTask)
    /// A dnode of the block that was entered can't be followed.
    func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError)
    /// All of the block that was entered has been visited.
    func finishedBlock()
    /// The contents of a block of metadata of level 0, expanded and in the order that the pointer says. They come later than
    /// the pointer, in another order, and only where nothing is encrypted.
    func inspect(_ contents: RawSpan, of pointer: BlockPointer, at place: BlockPlace)
    /// The worker has nothing left to do.
    func finish()
}

extension CensusObserver {
    package func entered(_ block: CensusTask) {}
    package func opened(_ header: ObjectSetHeader, in block: CensusTask) {}
    package func passed(_ pointer: BlockPointer, at place: BlockPlace) {}
    package func metAgain(_ block: CensusTask) {}
    package func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {}
    package func finishedBlock() {}
    package func inspect(_ contents: RawSpan, of pointer: BlockPointer, at place: BlockPlace) {}
}
