import Bytes
import Datasets
import Objects

/// DD6: snapshots know the clones that were made of them, directories know the clones of their snapshots, and every
/// snapshot counts those that follow on it.
///
/// Pools that were made before version 11 may lack entries, by a bug of that time which the kernel puts up with
/// (`dsl_dataset_remove_from_next_clones`, `module/zfs/dsl_dataset.c`); the lists of directories came with version 26.
struct CloneListCheck: Check {
    static let kinds: [ProblemKind] = [.dslNextClones, .dslChildCount, .dslClones]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let creation =
            context.pool.directory.value(.creationVersion)?.uint64 ?? context.pool.version
        let (followers, clones) = (graph.followers, graph.clones)
        for dataset in graph.sortedDatasets where !dataset.isHead {
            guard !context.isCancelled else { return }
            check(dataset, followers[dataset.object] ?? [], creation >= 11, graph, context)
        }
        guard creation >= 26 || context.pool.version >= 5000 else { return }
        for directory in graph.sortedDirectories where !directory.isUnreadable {
            guard let found = directory.clones else {
                context.leaveUnchecked(
                    "the list of clones of directory \(directory.object)", "it can't be read")
                continue
            }
            compare(
                found, clones[directory.object] ?? [], .dslClones,
                graph.location(ofDirectory: directory.object), context)
        }
    }

    private func check(
        _ snapshot: GraphDataset, _ followers: Set<UInt64>, _ isKept: Bool, _ graph: DatasetGraph,
        _ context: CheckContext
    ) {
        let location = graph.location(ofDataset: snapshot.object)
        if snapshot.stored.childCount != UInt64(followers.count) {
            context.report(
                Problem(
                    .dslChildCount, at: location,
                    evidence: .comparison(
                        "ds_num_children", expected: UInt64(followers.count),
                        found: snapshot.stored.childCount)))
        }
        guard isKept else { return }
        guard let found = snapshot.nextClones else {
            context.leaveUnchecked(
                "the list of clones of dataset \(snapshot.object)", "it can't be read")
            return
        }
        compare(
            found, graph.clones(of: snapshot, among: followers), .dslNextClones, location, context)
    }

    private func compare(
        _ found: Set<UInt64>, _ expected: Set<UInt64>, _ kind: ProblemKind, _ location: Location,
        _ context: CheckContext
    ) {
        let (missing, surplus) = (expected.subtracting(found), found.subtracting(expected))
        guard !missing.isEmpty || !surplus.isEmpty else { return }
        context.report(
            Problem(
                kind, at: location,
                evidence: Record([
                    "missing": .list(missing.sorted().prefix(16).map { .number($0) }),
                    "surplus": .list(surplus.sorted().prefix(16).map { .number($0) }),
                ])))
    }
}
