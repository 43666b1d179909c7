import Objects
import Vdevs

/// Nobody looks on.
final class NoObserver: CensusObserver {
    func visit(_ pointer: BlockPointer, at place: BlockPlace) {}
    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}
    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {}
    func finish() {}
}
