package import Datasets
import Objects
package import Verify

/// Writes deadlists anew that hold what they must not or lack what they must, and sets totals to the sums of their entries.
///
/// What a deadlist must hold follows from the two block trees beside it: the blocks that the snapshot before has and the
/// dataset has not. Where only a total is wrong, that is all that is written.
package struct DeadlistCure: SteppedCure {
    package static let name = "deadlists"
    package static let summary =
        "writes deadlists anew from the difference of neighbouring snapshots, and sets totals of lists"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let possible = findings.problems.filter {
            $0.kind.cure == Self.name || $0.kind == .listUnreadable
        }
        guard !possible.isEmpty, let context = findings.context else { return nil }
        let owners = ListOwners(pool, context.dsl.graph(context))
        // Other lists that can't be read are another cure's.
        let own = possible.filter {
            $0.kind.cure == Self.name || !owners.datasets(of: $0).isEmpty
        }
        let rebuilds = Self.rebuilds(own, owners, context)
        let cured = Set(rebuilds.flatMap(\.problems))
        let lost = Set(LivelistCure.lost(findings, owners).map(\.livelist))
        steps =
            rebuilds.map(\.step)
            + own.filter { !cured.contains($0) }.compactMap { problem in
                // The sums of a list that is given up, or whose entries are damaged, say nothing.
                guard Self.isTotal(problem.kind) || problem.kind == .destroyedTotals,
                    let object = problem.location.object,
                    !owners.livelists(of: object).contains(where: lost.contains)
                else { return nil }
                return BookField(problem, of: pool)?.step([problem], cure: Self.name)
            } + RemapDeadlists(possible, owners, pool).steps
            + [ObsoleteListDrop(possible, pool, context)?.step].compactMap(\.self)
        guard !steps.isEmpty else { return nil }
    }

    private static func isTotal(_ kind: ProblemKind) -> Bool {
        kind == .deadlistTotals || kind == .pointerListTotals
    }

    /// The deadlists whose contents are wrong, each with all problems of it and its lists.
    private static func rebuilds(
        _ problems: [Problem], _ owners: ListOwners, _ context: CheckContext
    ) -> [DeadlistRebuild] {
        var byDataset: [UInt64: [Problem]] = [:]
        for problem in problems {
            for dataset in owners.datasets(of: problem) {
                byDataset[dataset, default: []].append(problem)
            }
        }
        let wanted = byDataset.filter { !$0.value.allSatisfy { isTotal($0.kind) } }
        // The first to be written keeps a list that several name.
        var taken: Set<UInt64> = []
        return wanted.sorted { $0.key < $1.key }.compactMap { dataset, problems in
            DeadlistRebuild(
                dataset, problems, owners, context, rebuilt: Set(wanted.keys), taken: &taken)
        }
    }
}
