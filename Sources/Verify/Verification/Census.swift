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

    func finish() {
        state.withLock { state in
            state.totals.resolve()
            state.isTaken = true
        }
    }

    func addUnreadable(_ count: Int) { state.withLock { $0.unreadableCount += count } }

    func add(_ share: SubtreeRecorder) { state.withLock { $0.totals.add(share) } }
}
