import Bytes
package import Datasets
import Objects
import Vdevs
package import Verify

/// Sets right what keeps something from being finished or destroyed: a checkpoint's map, holds that there can't be, the
/// rewriting of a mapping that can't go on, a queue of destroyed datasets that can't be freed, lists of missed groups.
package struct StuckCure: SteppedCure {
    package static let name = "stuck"
    package static let summary =
        "takes away holds that a dataset can't have, writes anew what is kept for a checkpoint, and cancels work that can't go on, such as the removal of a vdev"

    let steps: [CureStep]
    package let uncovers: [RepairConsequence]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard let context = findings.context else { return nil }
        let graph = context.dsl.graph(context)
        let destroy = DestroyCancel(findings.problems, pool)
        let removal = RemovalCancel(findings, pool, context)
        uncovers =
            (destroy == nil ? [] : DestroyCancel.uncovers)
            + (removal == nil ? [] : RemovalCancel.uncovers)
        steps =
            findings.problems.filter { $0.kind == .dslHolds }.compactMap { Self.release($0, graph) }
            + CheckpointMapRebuild.all(findings.problems, pool, context).map(\.step)
            + MissedGroupsRebuild.all(findings.problems, pool).map(\.step)
            + [
                CondensingCancel(findings.problems, pool, context)?.step,
                RemovalStateRebuild(findings.problems, pool)?.step,
                removal?.step, destroy?.step,
            ].compactMap(\.self)
        guard !steps.isEmpty else { return nil }
    }

    /// A list of holds is freed where no snapshot has it.
    private static func release(_ problem: Problem, _ graph: DatasetGraph) -> CureStep? {
        guard let object = problem.location.object, let dataset = graph.datasets[object] else {
            return nil
        }
        let holds = dataset.stored.holds
        let isShared = graph.datasets.values.contains {
            $0.object != object && $0.stored.holds == holds
        }
        let field = BookField(DSLDataset.Layout.holds, of: object, from: holds, to: 0)
        return CureStep(
            [problem], cure: name,
            "Take the holds from \(dataset.name ?? "dataset \(object)"), which is no snapshot"
        ) { transaction throws(RepairError) in
            try field.apply(to: &transaction)
            guard !isShared, let list = try? transaction.meta.object(holds).base,
                list.type == .userReferences
            else { return }
            try transaction.meta.free(holds)
        }
    }
}
