import Bytes
import Vdevs

/// Whether every pointer and every dnode fits the place where it stands, and says what is below it.
///
/// The walk judges each block by itself. What depends on a whole tree, which may belong to many snapshots, is judged here:
/// space, highest blocks, and fill counts that disagree.
struct BlockTreeCheck: Check {
    static let kinds: [ProblemKind] = [
        .birthAfterParent, .wrongPosition, .fillMismatch, .objectSetHeader, .dnodeType,
        .dnodeShape, .dnodeBonusLength, .dnodeBonusType, .dnodeSpill, .dnodeMaximumBlockID,
        .dnodeUsed, .dnodeProperty, .dnodeReserved,
    ]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let findings = context.census.trees
        let totals = context.census.totals
        context.report(findings.problems)
        for suspect in findings.suspects { judge(suspect, totals, context) }
        var unknown = findings.omittedCount
        for object in findings.objects {
            guard let (charged, last) = object.measured(totals) else {
                unknown += 1
                continue
            }
            for problem in object.problems(charged: charged, lastIndex: last) {
                context.report(problem)
            }
        }
        guard unknown > 0 else { return }
        context.leaveUnchecked(
            "the space and the length of \(unknown) objects", context.census.whyUnknown)
    }

    /// Where a block's fill is not the sum of those in it, what is really below tells which of them is wrong.
    private func judge(
        _ suspect: FillSuspect, _ totals: SubtreeTotals, _ context: CheckContext
    ) {
        let fill = totals.entry(suspect.pointer)?.fill ?? suspect.sum
        guard fill != suspect.pointer.fill else { return }
        context.report(
            Problem(
                .fillMismatch, at: Location(suspect.place, suspect.pointer),
                evidence: Record([
                    "expected": .number(fill), "found": .number(suspect.pointer.fill),
                ])))
    }
}
