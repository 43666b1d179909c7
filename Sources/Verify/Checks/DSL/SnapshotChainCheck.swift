import Bytes
import Datasets

/// DS1, DD6: the datasets of a directory are linked with each other both ways in the order of time, from the origin to the
/// head, and each knows when the one before it was taken.
struct SnapshotChainCheck: Check {
    static let kinds: [ProblemKind] = [.dslChain, .dslOrigin]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        for directory in graph.sortedDirectories {
            guard !context.isCancelled else { return }
            check(directory, graph, context)
            // What has no datasets is no clone.
            let origin = directory.stored.origin
            if directory.chain.isEmpty, directory.stored.headDataset == 0, origin != 0 {
                report(
                    .dslOrigin, graph.location(ofDirectory: directory.object), context,
                    .comparison("dd_origin_obj", expected: 0, found: origin))
            }
        }
    }

    private func check(
        _ directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        for (index, object) in directory.chain.enumerated() {
            guard let dataset = graph.datasets[object] else { continue }
            if index == 0 {
                checkFirst(dataset, directory, graph, context)
            } else {
                compare(
                    dataset, "ds_prev_snap_obj", directory.chain[index - 1],
                    dataset.stored.previousSnapshot, graph, context)
            }
            let next = index + 1 < directory.chain.count ? directory.chain[index + 1] : 0
            compare(
                dataset, "ds_next_snap_obj", next, dataset.stored.nextSnapshot, graph, context)
            checkTime(dataset, graph, context)
        }
    }

    /// The first follows on the directory's origin.
    private func checkFirst(
        _ dataset: GraphDataset, _ directory: GraphDirectory, _ graph: DatasetGraph,
        _ context: CheckContext
    ) {
        let (previous, origin) = (dataset.stored.previousSnapshot, directory.stored.origin)
        guard previous != origin else {
            if origin != 0, graph.datasets[origin] == nil, !graph.isUnreadable(origin) {
                report(
                    .dslOrigin, graph.location(ofDirectory: directory.object), context,
                    .comparison("dd_origin_obj", found: origin))
            }
            return
        }
        // Two fields disagree; the one whose snapshot knows of the dataset is right.
        if directory.origin != origin {
            report(
                .dslOrigin, graph.location(ofDirectory: directory.object), context,
                .comparison("dd_origin_obj", expected: previous, found: origin))
        } else if !graph.isUnreadable(previous) {
            report(
                .dslChain, graph.location(ofDataset: dataset.object), context,
                .comparison("ds_prev_snap_obj", expected: origin, found: previous))
        }
    }

    private func checkTime(
        _ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let before = dataset.previous
        let expected = graph.datasets[before]?.stored.creationTxg
        if let expected, dataset.stored.previousSnapshotTxg != expected {
            compare(
                dataset, "ds_prev_snap_txg", expected.rawValue,
                dataset.stored.previousSnapshotTxg.rawValue, graph, context)
        } else if expected == nil, before == 0 {
            compare(
                dataset, "ds_prev_snap_txg", 0, dataset.stored.previousSnapshotTxg.rawValue, graph,
                context)
        }
        guard !dataset.isHead else { return }
        let creation = dataset.stored.creationTxg
        if creation > context.pool.txg || expected.map({ creation <= $0 }) == true {
            report(
                .dslChain, graph.location(ofDataset: dataset.object), context,
                .comparison("ds_creation_txg", found: creation.rawValue))
        }
    }

    private func compare(
        _ dataset: GraphDataset, _ field: String, _ expected: UInt64, _ found: UInt64,
        _ graph: DatasetGraph, _ context: CheckContext
    ) {
        guard expected != found else { return }
        guard found == 0 || !graph.isUnreadable(found) || field.hasSuffix("txg") else {
            context.leaveUnchecked(
                "the link of dataset \(dataset.object)", "dataset \(found) can't be read")
            return
        }
        report(
            .dslChain, graph.location(ofDataset: dataset.object), context,
            .comparison(field, expected: expected, found: found))
    }

    private func report(
        _ kind: ProblemKind, _ location: Location, _ context: CheckContext, _ evidence: Record
    ) {
        context.report(Problem(kind, at: location, evidence: evidence))
    }
}
