import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The rewriting of a removed vdev's mapping, which is to be given up since it can't go on.
///
/// The mapping in use stays as it is; what was noted as obsolete for the new one is forgotten, so that some of the mapping
/// is kept longer than it need be. Mirrors what `spa_condense_indirect_complete_sync` (`module/zfs/vdev_indirect.c`)
/// leaves behind.
struct CondensingCancel: Sendable {
    private let problems: [Problem]
    private let pool: Pool

    init?(_ problems: [Problem], _ pool: Pool) {
        guard !problems.isEmpty else { return nil }
        self.problems = problems
        self.pool = pool
    }

    private static let feature = "com.delphix:obsolete_counts"

    var step: CureStep {
        CureStep(
            problems,
            RepairAction(
                cure: StuckCure.name, repair: .discard,
                what: "Give up the rewriting of a removed vdev's mapping",
                codes: Set(problems.map(\.kind.code)).sorted(),
                losses: [
                    RepairLoss(
                        object: ObjectDirectory.objectNumber,
                        "the new mapping and the notes of what it need not hold")
                ]), apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        let key = ObjectDirectory.Key.condensing.rawValue
        try transaction.meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
            try object.salvageZAP(setting: key, to: nil)
        }
        guard let state = try? pool.condensing(), state.nextMapping != 0 else { return }
        // The work itself and the new mapping count as users.
        try transaction.meta.countFeature(Self.feature, by: -2, of: pool)
        let used = Set(pool.rootConfig.all.compactMap(\.indirectObject))
        if !used.contains(state.nextMapping),
            let object = try? pool.meta.object(state.nextMapping), object.type == .wordMetadata,
            [24, 32].contains(object.bonus.count)
        {
            try transaction.meta.free(state.nextMapping)
        }
        if let map = try? pool.meta.object(state.previousObsoleteMap),
            map.dnode.bonusType == .spaceMapHeader,
            let header = try? SpaceMapHeader(map.bonus.rawBytes, map.order)
        {
            try NewSpaceMap.countHistogram(-1, of: header, in: &transaction.meta, pool)
            try transaction.meta.free(state.previousObsoleteMap)
        }
    }
}
