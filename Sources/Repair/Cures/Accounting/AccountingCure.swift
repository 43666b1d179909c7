package import Datasets
package import Verify

/// Sets sums to what the block tree gives: those of directories and datasets (`dd_used_bytes`, `ds_unique_bytes` and
/// others), and inside of file systems those of users, groups and projects.
package struct AccountingCure: SteppedCure {
    package static let name = "accounting"
    package static let summary =
        "sets the sums of directories, datasets, users, groups and projects to what the block tree gives"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        let sums = own.filter { $0.location.objectSet == 0 }
        var steps: [CureStep] = []
        if Self.areSumsSound(in: findings) {
            steps = sums.compactMap { problem in
                BookField(problem, of: pool)?.step([problem], cure: Self.name)
            }
        }
        self.steps = steps + AccountTables(own, pool).steps
        guard !self.steps.isEmpty else { return nil }
    }

    /// Whether sums were derived from block trees; a quick look takes them from the deadlists, which may be wrong themselves.
    private static func areSumsSound(in findings: VerifyResult) -> Bool {
        if let context = findings.context, context.options.depth != .quick { return true }
        return !findings.problems.contains { problem in
            ["deadlist", "bpobj", "livelist"].contains(problem.kind.family)
                && !problem.kind.code.hasSuffix(".totals-mismatch")
        }
    }
}
