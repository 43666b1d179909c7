import Synchronization

/// What the walk over the pool brought, for checks to compare the pool's books with.
///
/// Each worker of the walk gathers with a `CensusRecorder` of its own and hands its share over at the end.
package final class Census: Sendable {
    private struct State {
        var unreadableCount = 0
        var isTaken = false
    }

    private let state = Mutex(State())

    /// Whether the walk was made, to its end.
    package var isTaken: Bool { state.withLock { $0.isTaken } }
    /// Subtrees that could not be entered, so that sums over them are unknown.
    package var unreadableCount: Int { state.withLock { $0.unreadableCount } }

    func finish() { state.withLock { $0.isTaken = true } }

    func addUnreadable(_ count: Int) { state.withLock { $0.unreadableCount += count } }
}
