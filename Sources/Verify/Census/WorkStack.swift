import Devices

/// The pieces of work that no worker has taken yet, last in first out.
///
/// Taking the newest first keeps the walk going down, which bounds the pieces that wait to the depth of
/// the trees times their width. Workers keep most of what they find to themselves and share it only when
/// somebody has nothing to do.
final class WorkStack<Item: Sendable>: Sendable {
    private struct State: Sendable {
        var items: [Item]
        var idle = 0
        var isFinished = false
    }

    private let state: Monitor<State>
    private let workerCount: Int

    init(_ items: [Item], workerCount: Int) {
        state = Monitor(State(items: items.reversed()))
        self.workerCount = workerCount
    }

    /// The next piece, waited for; nil once all workers wait, since then nothing can come any more.
    func take() -> Item? {
        state.update { $0.idle += 1 }
        let (item, isLast) = state.wait { state -> (Item?, Bool)? in
            if state.isFinished { return (nil, false) }
            if let item = state.items.popLast() {
                state.idle -= 1
                return (item, false)
            }
            guard state.idle == self.workerCount else { return nil }
            state.isFinished = true
            return (nil, true)
        }
        // Waiting changes the state without waking anybody, so the last one does.
        if isLast { state.update { _ in } }
        return item
    }

    /// Whether somebody waits for work.
    var isWanted: Bool { state.wait { $0.idle > 0 && $0.items.isEmpty } }

    /// Hands pieces over to whoever is idle.
    func give(_ items: ArraySlice<Item>) {
        state.update { $0.items.append(contentsOf: items) }
    }

    /// Ends the walk early: nobody gets another piece.
    func cancel() {
        state.update { state in
            state.items = []
            state.isFinished = true
        }
    }
}
