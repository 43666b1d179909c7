import Bytes
import Datasets
import Objects
import Repair
import Verify

/// A cure that cures, and takes the total of another space map away on the side.
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
        guard let history = transaction.pool.directory.object(.history) else { return }
        try transaction.meta.edit(history) { object throws(RepairError) in
            // A type of bonus that no table has.
            try object.set(Dnode.Layout.checksum, 77)
            try object.setBlock(0, try object.block(0))
        }
    }
}
