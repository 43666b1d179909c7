import Bytes
import Datasets
import Objects
import Synchronization
import Vdevs

/// A walk over everything that owns space, for a cure's sake, that shows each pointer to a block of data once: what snapshots
/// share, in the oldest tree that has it.
///
/// Each worker finds into a value of its own, and these are added up.
final class PointerWalk<Found: Sendable>: SpaceClaimant {
    /// Takes one pointer in; false where that can't be done, so that the walk as a whole is none.
    typealias Visit = @Sendable (BlockPointer, BlockPlace, inout Found) -> Bool

    private let takes: Visit
    private var found: Found
    private var isComplete = true

    private init(_ empty: Found, _ takes: @escaping Visit) {
        found = empty
        self.takes = takes
    }

    /// What was found; nil where the walk could not come to everything.
    static func run(
        _ context: CheckContext, from empty: Found,
        adding: @escaping @Sendable (inout Found, Found) -> Void,
        _ takes: @escaping Visit
    ) -> Found? {
        let sum = Mutex<Found?>(empty)
        var census = PoolCensus<PointerWalk>(
            context.pool, threadCount: context.options.threadCount,
            memory: context.options.memory, interruption: context.interruption)
        census.run {
            PointerWalk(empty, takes)
        } finish: { worker in
            let own = worker.isComplete ? worker.found : nil
            sum.withLock { sum in
                guard let own, var all = sum else {
                    sum = nil
                    return
                }
                adding(&all, own)
                sum = all
            }
        }
        guard census.unchecked.isEmpty, !context.isCancelled else { return nil }
        return sum.withLock { $0 }
    }

    func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
        guard isComplete, !pointer.isRedacted else { return false }
        guard !pointer.isEmbedded else { return place.level > 0 }
        guard pointer.level == 0, !pointer.isHole else { return true }
        isComplete = takes(pointer, place, &found)
        return isComplete
    }

    func visit(_ dnode: Dnode, object: UInt64, in objectSet: UInt64) {}
    func unreadable(_ pointer: BlockPointer, at place: BlockPlace, _ error: ObjectError) {
        isComplete = false
    }
    func damaged(_ object: UInt64, in block: CensusTask, _ error: FormatError) {
        isComplete = false
    }
    func finishedBlock() {}
    func claim(_ range: Range<UInt64>, vdev: UInt32, origin: BlockPlace.Origin) {}
}
