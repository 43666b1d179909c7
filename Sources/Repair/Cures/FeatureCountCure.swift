import Bytes
package import Datasets
package import Verify

/// Sets the reference counts of features to the numbers of their users.
package struct FeatureCountCure: SteppedCure {
    package static let name = "features"
    package static let summary =
        "sets the reference counts of features to the numbers of their users"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        steps = findings.problems.compactMap { problem in
            // A count in one of the two maps of features in use.
            guard problem.kind.cure == Self.name, let object = problem.location.object,
                let feature = problem.location.key,
                let expected = problem.evidence["expected"]?.unsigned,
                let found = problem.evidence["found"]?.unsigned
            else { return nil }
            return CureStep(
                [problem], cure: Self.name,
                "Set the reference count of \(feature) from \(found) to \(expected)"
            ) { transaction throws(RepairError) in
                try transaction.meta.edit(object) { map throws(RepairError) in
                    guard try map.word(feature) == found else {
                        throw .changed("the count of \(feature) is not \(found)")
                    }
                    try map.setWord(feature, expected)
                }
            }
        }
        guard !steps.isEmpty else { return nil }
    }
}
