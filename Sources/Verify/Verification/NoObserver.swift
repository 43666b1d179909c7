import Objects
import Vdevs

/// Nobody looks on.
struct NoObserver: CensusObserver {
    mutating func visit(_ pointer: BlockPointer, at place: BlockPlace) {}
    mutating func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}
    mutating func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {}
    mutating func finish() {}
}
