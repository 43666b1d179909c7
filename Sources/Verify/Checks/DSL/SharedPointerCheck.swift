import Blocks
import Bytes
import Datasets
import Vdevs

/// BP1: what a dataset shares with the snapshot before it, both lead to by the same pointer.
///
/// The walk visits a block in the oldest tree that has it, and so proves the oldest pointer only. What the comparison of the
/// trees for the deadlists finds of the others is told here.
struct SharedPointerCheck: Check {
    static let kinds: [ProblemKind] = [.pointerDiffers]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let facts = context.dsl.deadlists(context)
        var problems = ProblemList()
        for dataset in graph.sortedDatasets {
            guard let own = facts[dataset.object] else { continue }
            // Who has the right pointer again after a snapshot that has a wrong one is not told besides that.
            let former = facts[dataset.previous]?.differences ?? []
            for difference in own.differences where !former.contains(where: difference.reverts) {
                problems.add(problem(difference, dataset, graph, context))
            }
            let rest = own.differenceCount - own.differences.count
            if rest > 0 { problems.omit(rest) }
        }
        context.report(problems)
    }

    private func problem(
        _ difference: PointerDifference, _ dataset: GraphDataset, _ graph: DatasetGraph,
        _ context: CheckContext
    ) -> Problem {
        let before = dataset.previous
        var evidence = Record([
            "snapshot": .text(graph.name(ofDataset: before) ?? "objset:\(before)"),
            "fields": .list(difference.fields.map { .text($0) }),
        ])
        switch difference.rightSide(context.pool.reader) {
        case .newer: evidence.add("right", "this pointer")
        case .older: evidence.add("right", "the snapshot's")
        case nil: evidence.add("right", "nothing tells which")
        }
        return Problem(
            .pointerDiffers, at: difference.location, evidence: evidence)
    }
}
