import Objects
import Vdevs

/// One worker's share of the census that `verify` takes beside the claims of space.
final class CensusRecorder: CensusObserver {
    private let context: CheckContext
    private var unreadableCount = 0

    init(_ context: CheckContext) { self.context = context }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) {}

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}

    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        unreadableCount += 1
    }

    func finish() { context.census.addUnreadable(unreadableCount) }
}
