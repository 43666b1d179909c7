import Bytes
package import Datasets
import Objects
import Vdevs
package import Verify

/// Frees objects of the MOS that nothing leads to.
///
/// They harm nothing, and what one holds may be what a lost reference stood for, so this is planned only where it is named,
/// and each object is told with its type.
package struct LeftoverCure: SteppedCure {
    package static let name = "leftovers"
    package static let summary = "frees objects of the pool that nothing leads to"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        steps = findings.problems.filter { $0.kind == .objectLeaked }.compactMap { problem in
            guard let number = problem.location.object,
                let object = try? pool.meta.object(number), Self.isWhole(object)
            else { return nil }
            return CureStep(
                [problem], cure: Self.name, as: .discard,
                "Free object \(number) of the MOS, to which nothing leads",
                losses: [
                    RepairLoss(
                        object: number,
                        "an object of type \(object.type) with \(object.byteCount) bytes")
                ]
            ) { transaction throws(RepairError) in
                try Self.free(object, in: &transaction)
            }
        }
        guard !steps.isEmpty else { return nil }
    }

    /// What can't be read keeps its space, since nobody knows what that is.
    private static func isWhole(_ object: DMUObject) -> Bool {
        var isWhole = true
        object.forEachBlockPointer { step in
            if case .damaged = step { isWhole = false }
        }
        return isWhole
    }

    private static func free(
        _ object: DMUObject, in transaction: inout Transaction
    ) throws(RepairError) {
        if object.dnode.bonusType == .spaceMapHeader {
            let header = try RepairError.format(of: object.number) { () throws(FormatError) in
                try SpaceMapHeader(object.bonus.rawBytes, object.order)
            }
            try NewSpaceMap.countHistogram(
                -1, of: header, in: &transaction.meta, transaction.pool)
        }
        try transaction.meta.free(object.number)
    }
}
