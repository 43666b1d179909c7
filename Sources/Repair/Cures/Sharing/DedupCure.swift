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

    package let uncovers: [RepairConsequence]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { Self.isOwn($0, pool) }
        guard !own.isEmpty, let context = findings.context else { return nil }
        let strays = StrayCopies(own, context)
        let ofTables = own.filter { problem in
            problem.kind != .dedupAddresses
                || strays.missing.contains(problem)
        }
        let rewrite =
            ofTables.isEmpty ? nil : Self.rewrite(ofTables, strays.addresses, pool, context)
        steps = [rewrite].compactMap(\.self)
        guard !steps.isEmpty else { return nil }
        // A copy that an entry gets to know takes space, which another round enters in the maps; what an emptied log was
        // to free is freed by one.
        let logs = pool.dedupTables(noting: PoolNotes())
        let hasFreed = rewrite != nil && logs.contains { !$0.freedBlocks().isEmpty }
        var uncovers: [RepairConsequence] = []
        if hasFreed || !strays.addresses.isEmpty { uncovers.append(RepairConsequence("spacemap")) }
        if !strays.addresses.isEmpty {
            uncovers += ["accounting", "dsl"].map { RepairConsequence($0) }
        }
        self.uncovers = uncovers
    }

    /// Whatever is wrong with the object of the statistics is cured by writing it anew.
    private static func isOwn(_ problem: Problem, _ pool: Pool) -> Bool {
        let statistics = pool.directory.object(.dedupStatistics)
        return problem.kind.cure == name || problem.kind == .dedupAddresses
            || problem.kind.severity.isDamage && problem.location.objectSet == 0
                && problem.location.object != nil && problem.location.object == statistics
    }

    private static func rewrite(
        _ problems: [Problem], _ addresses: [SharedBlocks.Key: [DVA]], _ pool: Pool,
        _ context: CheckContext
    ) -> CureStep? {
        guard let survey = SharingSurvey(context) else { return nil }
        let clones = CloneAddresses.all(of: pool)
        let rebuilds = pool.dedupTables(noting: PoolNotes()).map { table in
            DedupRebuild(
                table,
                survey.deduplicated.filter { $0.pointer.checksumAlgorithm == table.checksum },
                clones, addresses: addresses, pool)
        }
        guard !rebuilds.isEmpty else { return nil }
        let names = rebuilds.map { "\($0.table.checksum): \($0.entries.count) entries" }
        let statistics = DedupStatisticsRebuild(
            pool: pool,
            histograms: rebuilds.reduce(into: [:]) { $0.merge($1.histograms) { $1 } })
        return CureStep(
            problems, cure: name, as: .rebuild,
            "Write the dedup tables anew from the block tree (\(names.joined(separator: ", ")))"
        ) { transaction throws(RepairError) in
            for rebuild in rebuilds { try rebuild.apply(to: &transaction) }
            try statistics.apply(to: &transaction.meta)
        }
    }
}
