import Datasets

/// DS4: what each dataset says that it alone refers to.
///
/// A head's are the blocks born since its last snapshot; a snapshot's are those of the blocks that the next one no longer
/// has which were born after the snapshot before. Clones do not count. Mirrors `dsl_dataset_recalc_head_uniq`
/// (`module/zfs/dsl_dataset.c`) and `dsl_dataset_block_kill`.
struct UniqueSpaceCheck: Check {
    static let kinds: [ProblemKind] = [.dslUnique]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let accounts = DatasetAccounts(context, graph)
        for dataset in graph.sortedDatasets {
            guard !context.isCancelled else { return }
            // Before version 9 heads did not keep the number up.
            guard dataset.stored.flags.contains(.uniqueIsAccurate) else { continue }
            guard let expected = accounts.unique(dataset) else {
                context.leaveUnchecked(
                    "the unique bytes of \(graph.name(ofDataset: dataset.object) ?? "dataset \(dataset.object)")",
                    "a deadlist or a snapshot beside it can't be read")
                continue
            }
            guard expected != dataset.stored.uniqueBytes else { continue }
            context.report(
                Problem(
                    .dslUnique, at: graph.location(ofDataset: dataset.object),
                    evidence: .comparison(
                        "ds_unique_bytes", expected: expected, found: dataset.stored.uniqueBytes)))
        }
    }
}
