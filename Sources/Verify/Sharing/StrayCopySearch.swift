import Bytes
import Datasets
import Objects
import Synchronization
package import Vdevs

/// Finds all pointers to some deduplicated blocks, with their places: a walk for a cure's sake.
package enum StrayCopySearch {
    /// One pointer and where it stands, in the oldest tree that has it.
    package struct Found: Sendable {
        package let place: BlockPlace
        package let pointer: BlockPointer
    }

    /// More than anybody corrects one by one.
    private static let mostPointers = 1 << 16

    /// The pointers by the places of the blocks' first copies; empty where the walk could not come to everything.
    package static func pointers(
        to wanted: Set<SharedBlocks.Key>, _ context: CheckContext
    ) -> [SharedBlocks.Key: [Found]] {
        final class Sum: Sendable {
            let found = Mutex<(all: [SharedBlocks.Key: [Found]], isComplete: Bool)>(([:], true))
        }
        let sum = Sum()
        var census = PoolCensus<Visitor>(
            context.pool, threadCount: context.options.threadCount,
            interruption: context.interruption)
        census.run {
            Visitor(wanted)
        } finish: { visitor in
            let (found, isComplete) = (visitor.found, visitor.isComplete)
            sum.found.withLock { sum in
                sum.all.merge(found) { $0 + $1 }
                sum.isComplete = sum.isComplete && isComplete
            }
        }
        let found = sum.found.withLock { $0 }
        guard census.unchecked.isEmpty, !context.isCancelled, found.isComplete else { return [:] }
        return found.all
    }

    /// One worker's share.
    fileprivate final class Visitor: SpaceClaimant {
        private let wanted: Set<SharedBlocks.Key>
        private(set) var found: [SharedBlocks.Key: [Found]] = [:]
        private(set) var isComplete = true
        private var count = 0

        init(_ wanted: Set<SharedBlocks.Key>) { self.wanted = wanted }

        func visit(_ pointer: BlockPointer, at place: BlockPlace) -> Bool {
            guard !pointer.isRedacted else { return false }
            guard !pointer.isEmbedded else { return place.level > 0 }
            let key = SharedBlocks.Key(pointer.dva(0))
            guard pointer.level == 0, pointer.isDeduplicated, wanted.contains(key) else {
                return true
            }
            guard place.origin == .tree, count < mostPointers else {
                // What waits to be freed can't be corrected.
                isComplete = false
                return false
            }
            count += 1
            found[key, default: []].append(Found(place: place, pointer: pointer))
            return true
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
}
