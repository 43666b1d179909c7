package import Datasets
import Vdevs
package import Verify

/// Writes block reference tables anew from the pointers to cloned blocks.
///
/// A table counts the references to a block beyond the first, which the pointers themselves give; the counts of regions and
/// the sums of the vdev follow.
package struct CloneCure: SteppedCure {
    package static let name = "clones"
    package static let summary =
        "writes block reference tables anew from the pointers to cloned blocks"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        guard !own.isEmpty, let context = findings.context,
            let survey = SharingSurvey(context, countingClones: true)
        else { return nil }
        let deduplicated = CloneAddresses.deduplicated(of: pool)
        let rebuilds = CloneTableRebuild.tables(of: pool).map { vdev, object in
            CloneTableRebuild(vdev: vdev, object: object, survey.cloned, deduplicated, pool)
        }
        guard !rebuilds.isEmpty else { return nil }
        let count = rebuilds.reduce(0) { $0 + $1.references.count }
        steps = [
            CureStep(
                own, cure: Self.name,
                "Write the block reference tables anew from the block tree: \(count) cloned blocks"
            ) { transaction throws(RepairError) in
                for rebuild in rebuilds { try rebuild.apply(to: &transaction) }
            }
        ]
    }
}
