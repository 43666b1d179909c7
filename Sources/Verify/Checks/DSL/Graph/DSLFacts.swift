import Synchronization

/// What several checks of datasets need, read when the first of them asks.
package final class DSLFacts: Sendable {
    private struct State {
        var graph: DatasetGraph?
        var deadlists: [UInt64: DeadlistFacts]?
    }

    private let state = Mutex(State())

    /// All directories and datasets.
    package func graph(_ context: CheckContext) -> DatasetGraph {
        state.withLock { state in
            if let graph = state.graph { return graph }
            let options = context.options
            var reader = DatasetGraphReader(
                context.pool, memory: max(options.memory, options.leastMemory))
            let graph = reader.read()
            if graph.isOmitted {
                context.leaveUnchecked(
                    "directories, datasets and snapshots",
                    "they take more than the memory that there is for them; a larger `--memory` may be enough"
                )
            }
            state.graph = graph
            return graph
        }
    }

    /// Pointers that a dataset and the snapshot before it should have alike and have not, the first of them.
    package func pointerDifferences(
        of dataset: UInt64, _ context: CheckContext
    ) -> [PointerDifference] {
        deadlists(context)[dataset]?.differences ?? []
    }

    /// What the deadlists hold, by the object of the dataset; those that were not asked for before the user stopped the run
    /// are missing.
    func deadlists(_ context: CheckContext) -> [UInt64: DeadlistFacts] {
        let graph = graph(context)
        return state.withLock { state in
            if let deadlists = state.deadlists { return deadlists }
            var deadlists = DeadlistReading(context, graph).all()
            for (object, outcome) in TreeComparison(context, graph).all(deadlists) {
                deadlists[object]?.loss = outcome.loss
                deadlists[object]?.differences = outcome.differences
                deadlists[object]?.differenceCount = outcome.differenceCount
            }
            state.deadlists = deadlists
            return deadlists
        }
    }
}
