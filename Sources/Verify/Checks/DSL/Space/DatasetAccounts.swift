import Datasets

/// What the accounts of datasets must be, from the blocks up.
///
/// Blocks are born into a dataset and die into the deadlist of the next; all other sums follow from the two: what a dataset
/// refers to is what the one before it did, less what died, and what was born since. Both are taken from the block trees
/// where these could be read, so that one wrong number is one problem; otherwise from what the datasets say.
struct DatasetAccounts {
    private let graph: DatasetGraph
    private let deadlists: [UInt64: DeadlistFacts]
    private let census: Census

    init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.graph = graph
        census = context.census
        deadlists = context.dsl.deadlists(context)
    }

    /// Sums over the blocks of the dataset before it that a dataset no longer has; nil where they can't be told.
    func dead(_ dataset: GraphDataset) -> DeadSpace? {
        guard let facts = deadlists[dataset.object] else { return nil }
        if let loss = facts.loss { return loss.space }
        return facts.isComplete ? facts.listed : nil
    }

    /// Sums over the blocks that were born since the dataset before it was taken.
    func born(_ dataset: GraphDataset) -> ChargedSpace? {
        if let born = census.bornSince(objectSet: dataset.object) { return ChargedSpace(born) }
        guard let dead = dead(dataset) else { return nil }
        let previous = dataset.previous
        guard previous != 0 else { return dataset.stored.referenced }
        guard let before = graph.datasets[previous] else { return nil }
        return dataset.stored.referenced - (before.stored.referenced - dead.total)
    }

    /// The blocks of a directory's head that were born since its origin; nil where they can't be told.
    func ownSpace(ofHeadOf directory: GraphDirectory) -> ChargedSpace? {
        var own = ChargedSpace()
        for object in directory.chain {
            guard let dataset = graph.datasets[object], let lost = dead(dataset),
                let gained = born(dataset)
            else { return nil }
            own += gained
            own -= lost.bornAfterOrigin
        }
        return own
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
