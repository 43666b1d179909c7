import Bytes
import Datasets
import Repair
import Verify

/// A cure that cures, and spoils a sum of the root dataset on the side.
struct HarmfulCure: Cure {
    static let name = "harmful"
    static let summary = "breaks something else"

    private let base: SpaceMapsCure
    var cured: [Problem] { base.cured }
    var actions: [RepairAction] { base.actions }

    init?(_ findings: VerifyResult, of pool: Pool) {
        guard let base = SpaceMapsCure(findings, of: pool) else { return nil }
        self.base = base
    }

    func apply(to transaction: inout Transaction) throws(RepairError) {
        try base.apply(to: &transaction)
        guard let root = transaction.pool.directory.object(.rootDataset) else { return }
        try transaction.meta.edit(root) { object throws(RepairError) in
            let order = object.order
            try object.editBonus { bytes throws(FormatError) in
                try DSLDirectory.Layout.usedBytes.write(77, into: &bytes, order)
            }
        }
    }
}
