package import Datasets
package import Verify

/// Sets sums of directories and datasets (`dd_used_bytes`, `ds_unique_bytes` and others) to what the block tree gives.
package struct AccountingCure: Cure {
    package static let name = "accounting"
    package static let summary =
        "sets the sums of directories and datasets to what the block tree gives"

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
