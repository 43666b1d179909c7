package import Datasets
import Vdevs
package import Verify

/// Writes dedup tables anew from the pointers to deduplicated blocks, logs folded in and emptied.
///
/// Pointers carry all that a table knows of a block, so that nothing of the old table has to be believed; what it says beside
/// (copies that a pointer lacks, times) is kept where it agrees. A flat table may have forgotten blocks of one reference,
/// which are not entered again.
package struct DedupCure: SteppedCure {
    package static let name = "dedup"
    package static let summary =
        "writes dedup tables anew from the pointers to deduplicated blocks, and empties their logs"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        guard !own.isEmpty, let context = findings.context,
            let survey = SharingSurvey(context)
        else { return nil }
        let clones = CloneAddresses.all(of: pool)
        let tables = pool.dedupTables(noting: PoolNotes())
        let rebuilds = tables.map { table in
            DedupRebuild(
                table,
                survey.deduplicated.filter { $0.pointer.checksumAlgorithm == table.checksum },
                clones, pool)
        }
        guard !rebuilds.isEmpty else { return nil }
        let names = rebuilds.map { "\($0.table.checksum): \($0.entries.count) entries" }
        steps = [
            CureStep(
                own, cure: Self.name,
                "Write the dedup tables anew from the block tree (\(names.joined(separator: ", ")))"
            ) { transaction throws(RepairError) in
                for rebuild in rebuilds { try rebuild.apply(to: &transaction) }
            }
        ]
    }
}
