import Datasets

/// What the accounts of datasets must be, from the blocks up.
///
/// Blocks are born into a dataset and die into the deadlist of the next; all other sums follow from the two: what a dataset
/// refers to is what the one before it did, less what died, and what was born since.
struct DatasetAccounts {
    private let graph: DatasetGraph
    private let deadlists: [UInt64: DeadlistFacts]

    init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.graph = graph
        deadlists = context.dsl.deadlists(context)
    }

    /// Sums over the blocks of the dataset before it that a dataset no longer has; nil where they can't be told.
    func dead(_ dataset: GraphDataset) -> DeadSpace? {
        guard let facts = deadlists[dataset.object], facts.isComplete else { return nil }
        return facts.listed
    }

    /// Sums over the blocks that were born since the dataset before it was taken.
    func born(_ dataset: GraphDataset) -> ChargedSpace? {
        guard let dead = dead(dataset) else { return nil }
        let previous = dataset.previous
        guard previous != 0 else { return dataset.stored.referenced }
        guard let before = graph.datasets[previous] else { return nil }
        return dataset.stored.referenced - (before.stored.referenced - dead.total)
    }

    /// What a dataset alone refers to, in bytes on disk.
    func unique(_ dataset: GraphDataset) -> UInt64? {
        if dataset.isHead { return born(dataset)?.used }
        guard let chain = graph.directories[dataset.directory]?.chain,
            let place = chain.firstIndex(of: dataset.object), place + 1 < chain.count,
            let next = graph.datasets[chain[place + 1]]
        else { return nil }
        return dead(next)?.bornInPrevious.used
    }
}
