import Bytes
import Datasets

/// DS2: the snapshots that a head names are those that its chain holds.
struct SnapshotNameCheck: Check {
    static let kinds: [ProblemKind] = [.dslSnapshotName, .dslSnapshotEntry]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        for directory in graph.sortedDirectories {
            guard !context.isCancelled else { return }
            guard let head = graph.head(of: directory) else { continue }
            guard let entries = head.snapshots else {
                context.leaveUnchecked(
                    "the names of the snapshots of \(directory.name ?? "dataset \(head.object)")",
                    "their map, object \(head.stored.snapshotNames), can't be read")
                continue
            }
            check(entries, of: head, directory, graph, context)
        }
    }

    private func check(
        _ entries: [GraphDirectory.Entry], of head: GraphDataset, _ directory: GraphDirectory,
        _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let snapshots = Set(directory.chain).subtracting([head.object])
        var named: Set<UInt64> = []
        for entry in entries {
            if let object = entry.object, snapshots.contains(object) {
                guard !named.insert(object).inserted else { continue }
            }
            if let object = entry.object, graph.isUnreadable(object) { continue }
            var location = graph.location(ofDataset: head.object)
            location.object = head.stored.snapshotNames
            location.key = entry.name
            context.report(
                Problem(
                    .dslSnapshotEntry, at: location,
                    evidence: Record(["leads_to": .number(entry.object ?? 0)])))
        }
        for object in snapshots.subtracting(named).sorted() {
            context.report(
                Problem(
                    .dslSnapshotName, at: graph.location(ofDataset: object),
                    evidence: Record(["names": .number(head.stored.snapshotNames)])))
        }
    }
}
