import Datasets
import Synchronization

/// What the walk over the pool brought, for checks to compare the pool's books with.
///
/// Each worker of the walk gathers with a `CensusRecorder` of its own and hands its share over at the end.
package final class Census: Sendable {
    private struct State {
        var unreadableCount = 0
        var isTaken = false
        var totals = SubtreeTotals()
        var shared: SharedBlocks?
        var isWalkComplete = false
        var mappingUse: MappingUse?
        var trees = TreeFindings()
        var zaps = ZAPFindings()
        var featureUse: [UInt64: FeatureUse] = [:]
    }

    private let state = Mutex(State())
    /// How space on vdevs is charged.
    let deflation: Deflation
    /// The memory that notes may take.
    let budget: CensusBudget

    /// An empty census, whose notes may take `memory` bytes.
    init(_ pool: Pool, memory: Int) {
        deflation = pool.deflation
        budget = CensusBudget(memory)
    }

    /// Whether the walk was made, to its end.
    package var isTaken: Bool { state.withLock { $0.isTaken } }
    /// Subtrees that could not be entered, so that sums over them are unknown.
    package var unreadableCount: Int { state.withLock { $0.unreadableCount } }

    /// What the trees take; complete once the census is taken.
    var totals: SubtreeTotals { state.withLock { $0.totals } }

    /// The references to shared blocks that were met; nil where none were counted.
    var shared: SharedBlocks? { state.withLock { $0.shared } }
    /// Whether the walk came to everything that owns space, so that what it did not meet is not there.
    var isWalkComplete: Bool { state.withLock { $0.isWalkComplete } }

    /// What of removed vdevs is still in use, as far as the walk came; nil where it was not made.
    var mappingUse: MappingUse? { state.withLock { $0.mappingUse } }

    /// Notes what the walk brought beside what its observers gather.
    func note(_ space: SpaceCheckResult) {
        state.withLock { state in
            (state.shared, state.isWalkComplete) = (space.shared, space.isWalkComplete)
            state.mappingUse = space.mappingUse
        }
    }
    /// What the walk noted of block trees.
    var trees: TreeFindings { state.withLock { $0.trees } }

    /// What the walk noted of ZAPs.
    var zaps: ZAPFindings { state.withLock { $0.zaps } }

    /// Which features the blocks of each dataset use, by its object in the MOS.
    var featureUse: [UInt64: FeatureUse] { state.withLock { $0.featureUse } }

    func finish() {
        state.withLock { state in
            state.totals.resolve()
            state.isTaken = true
        }
    }

    func addUnreadable(_ count: Int) { state.withLock { $0.unreadableCount += count } }

    func add(_ share: SubtreeRecorder) { state.withLock { $0.totals.add(share) } }

    func add(_ share: TreeFindings) { state.withLock { $0.trees.add(share) } }

    func add(_ share: ZAPFindings) { state.withLock { $0.zaps.add(share) } }

    func add(_ share: FeatureUseRecorder) {
        state.withLock { $0.featureUse.merge(share.found) { $0.union($1) } }
    }
}
