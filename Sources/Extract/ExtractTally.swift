import Synchronization

/// What an extraction has come to so far, counted by all its threads.
final class ExtractTally: Sendable {
    /// As many entries that went wrong are kept for the summary; the manifest has them all.
    static let listLimit = 1000

    private struct State {
        var summary = ExtractSummary()
        var orders: [UInt64] = []
        var nextOrder: UInt64 = 0
    }

    private let state = Mutex(State())

    /// The next file's number in the order of the walk.
    func takeOrder() -> UInt64 {
        state.withLock { state in
            state.nextOrder += 1
            return state.nextOrder
        }
    }

    func add(_ entry: ManifestEntry, order: UInt64) {
        state.withLock { state in
            state.summary.count(entry)
            guard entry.state != .complete, !entry.isForbidden, state.orders.count < Self.listLimit
            else { return }
            // Threads finish in any order; the list is in that of the walk.
            let place = state.orders.firstIndex { $0 > order } ?? state.orders.count
            state.orders.insert(order, at: place)
            state.summary.unfinished.insert(entry, at: place)
        }
    }

    func addResumed() { state.withLock { $0.summary.resumedCount += 1 } }
    func addSaved(_ count: UInt64) { state.withLock { $0.summary.savedCount += count } }

    var summary: ExtractSummary { state.withLock { $0.summary } }
}
