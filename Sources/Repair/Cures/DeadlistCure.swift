package import Datasets
package import Verify

/// Sets totals of deadlists and block pointer lists to the sums of their entries.
package struct DeadlistCure: Cure {
    package static let name = "deadlists"
    package static let summary =
        "sets the totals of deadlists and block pointer lists to the sums of their entries"

    private let fields: [BookField]
    package var cured: [Problem] { fields.map(\.problem) }
    package var actions: [RepairAction] { fields.map { $0.action(Self.name) } }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard BookField.areListsSound(in: findings) else { return nil }
        fields = findings.problems.filter { $0.kind.cure == Self.name }
            .compactMap { BookField($0, of: pool) }
        guard !fields.isEmpty else { return nil }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for field in fields { try field.apply(to: &transaction) }
    }
}
