import Bytes
package import Datasets
package import Verify

/// Sets the reference counts of features to the numbers of their users.
package struct FeatureCountCure: Cure {
    package static let name = "features"
    package static let summary =
        "sets the reference counts of features to the numbers of their users"

    /// A count in one of the two maps of features in use.
    private struct Count {
        let problem: Problem
        let map: UInt64
        let feature: String
        let expected: UInt64
        let found: UInt64
    }

    private let counts: [Count]
    package var cured: [Problem] { counts.map(\.problem) }
    package var actions: [RepairAction] {
        counts.map { count in
            RepairAction(
                cure: Self.name, repair: .rebuild,
                what:
                    "Set the reference count of \(count.feature) from \(count.found) to \(count.expected)",
                codes: [count.problem.kind.code])
        }
    }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        counts = findings.problems.compactMap { problem in
            guard problem.kind.cure == Self.name, let map = problem.location.object,
                let feature = problem.location.key,
                let expected = problem.evidence["expected"]?.unsigned,
                let found = problem.evidence["found"]?.unsigned
            else { return nil }
            return Count(
                problem: problem, map: map, feature: feature, expected: expected, found: found)
        }
        guard !counts.isEmpty else { return nil }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for count in counts {
            try transaction.meta.edit(count.map) { map throws(RepairError) in
                guard try map.word(count.feature) == count.found else {
                    throw .changed("the count of \(count.feature) is not \(count.found)")
                }
                try map.setWord(count.feature, count.expected)
            }
        }
    }
}
