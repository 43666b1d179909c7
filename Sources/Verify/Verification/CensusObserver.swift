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
    /// The worker has nothing left to do.
    func finish()
}
