import Bytes
import Datasets
import Devices
package import Vdevs

/// Compares the tree of each dataset with that of the snapshot before it, many at once.
package struct TreeComparison {
    private let context: CheckContext
    private let graph: DatasetGraph

    package init(_ context: CheckContext, _ graph: DatasetGraph) {
        self.context = context
        self.graph = graph
    }

    /// What a dataset lost by its tree.
    struct Loss: Sendable {
        let space: DeadSpace
        let digest: PointerDigest
    }

    /// The losses of all datasets whose trees could be compared.
    ///
    /// With `quick` only those are compared whose sums leave a doubt: the work is that of reading all metadata that changed
    /// between snapshots.
    func all(_ facts: [UInt64: DeadlistFacts]) -> [UInt64: Loss] {
        let pairs = graph.sortedDatasets.filter { dataset in
            graph.datasets[dataset.previous] != nil && isDoubtful(dataset, facts[dataset.object])
        }
        let losses = WorkerPool(threadCount: context.options.threadCount).map(below: pairs.count) {
            loss(of: pairs[$0])
        }
        var found: [UInt64: Loss] = [:]
        for (dataset, loss) in zip(pairs, losses) {
            switch loss {
            case .success(let loss): found[dataset.object] = loss
            case .failure(let error):
                guard !(error is TreeDifference.Cancelled) else { continue }
                context.leaveUnchecked(
                    "the deadlist of \(graph.name(ofDataset: dataset.object) ?? "dataset \(dataset.object)")",
                    "the block trees can't be compared: \(error)")
            }
        }
        return found
    }

    private func isDoubtful(_ dataset: GraphDataset, _ facts: DeadlistFacts?) -> Bool {
        guard context.options.depth == .quick else { return true }
        guard let facts, facts.isComplete, let before = graph.datasets[dataset.previous],
            let born = context.census.bornSince(objectSet: dataset.object)
        else { return true }
        let referenced = dataset.stored.referenced
        return before.stored.referenced + ChargedSpace(born) - referenced != facts.listed.total
    }

    /// The blocks of the snapshot before that a dataset lacks, given to `visit`.
    package func forEachLost(
        of dataset: GraphDataset, _ visit: @escaping (BlockPointer) -> Void
    ) throws {
        guard let before = graph.datasets[dataset.previous] else { return }
        var difference = TreeDifference(
            source: context.pool.reader, isCancelled: { context.isCancelled }, visit)
        try difference.run(
            older: before.stored.rootPointer, newer: dataset.stored.rootPointer)
    }

    private func loss(of dataset: GraphDataset) -> Result<Loss, any Error> {
        let isMovable = context.pool.hasRemovedVdevs
        final class Sums {
            var space: DeadSpaceSum
            var digest = PointerDigest()
            init(_ space: DeadSpaceSum) { self.space = space }
        }
        let sums = Sums(DeadSpaceSum(dataset, graph, context))
        return Result {
            try forEachLost(of: dataset) { pointer in
                sums.space.add(pointer)
                sums.digest.add(PointerIdentity(pointer, isMovable: isMovable))
            }
            return Loss(space: sums.space.sum, digest: sums.digest)
        }
    }
}

extension DeadSpaceSum {
    init(_ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext) {
        self.init(
            previousFloor: graph.datasets[dataset.previous]?.stored.previousSnapshotTxg
                ?? .init(0),
            originTxg: graph.originTxg(of: dataset.directory), deflation: context.pool.deflation)
    }
}

extension ChargedSpace {
    init(_ total: SubtreeTotal) {
        self.init(
            used: total.charged, compressed: total.compressed, uncompressed: total.uncompressed)
    }
}

extension Pool {
    /// Whether blocks may have been given other addresses.
    var hasRemovedVdevs: Bool { rootConfig.children.contains { $0.kind == .indirect } }
}
