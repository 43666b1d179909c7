import Datasets
import Repair
import Verify

/// A cure that claims everything and does nothing.
struct IdleCure: Cure {
    static let name = "idle"
    static let summary = "does nothing"

    let cured: [Problem]
    var actions: [RepairAction] { [] }

    init?(_ findings: VerifyResult, of pool: Pool) { cured = findings.problems }

    func apply(to transaction: inout Transaction) throws(RepairError) {
        guard let history = transaction.pool.directory.object(.history) else { return }
        try transaction.meta.edit(history) { object throws(RepairError) in
            try object.setBlock(0, try object.block(0))
        }
    }
}
