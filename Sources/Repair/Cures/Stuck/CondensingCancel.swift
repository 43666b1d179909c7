import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The rewriting of a removed vdev's mapping, which is to be given up since it can't go on.
///
/// The mapping in use stays as it is, and what is obsolete of it is noted anew. Mirrors what
/// `spa_condense_indirect_complete_sync` (`module/zfs/vdev_indirect.c`) leaves behind.
struct CondensingCancel: Sendable {
    private let problems: [Problem]
    private let obsolete: ObsoleteRebuild?

    init?(_ problems: [Problem], _ pool: Pool, _ context: CheckContext) {
        let own = problems.filter { $0.kind == .condensingState }
        guard !own.isEmpty else { return nil }
        let vdev = (try? pool.condensing())?.vdev
        let notes = problems.filter {
            ObsoleteRebuild.kinds.contains($0.kind) && $0.location.vdev == vdev
        }
        self.problems = own + notes
        obsolete = pool.rootConfig.children.first { $0.id == vdev }
            .flatMap { ObsoleteBooks($0, context) }.map { ObsoleteRebuild(notes, $0) }
    }

    var step: CureStep {
        CureStep(
            problems, cure: StuckCure.name, as: .discard,
            "Give up the rewriting of a removed vdev's mapping",
            losses: [
                RepairLoss(
                    object: ObjectDirectory.objectNumber,
                    "what of the new mapping was written")
            ]
        ) { transaction throws(RepairError) in
            if let obsolete, obsolete.endsCondensing {
                try obsolete.apply(to: &transaction)
            } else {
                try Self.drop(from: &transaction)
                try obsolete?.apply(to: &transaction)
            }
        }
    }

    /// Takes the state of the work out of the directory, with the new mapping and the map of what it was to leave out.
    static func drop(from transaction: inout Transaction) throws(RepairError) {
        let pool = transaction.pool
        let key = ObjectDirectory.Key.condensing.rawValue
        try transaction.meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
            try object.salvageZAP(setting: key, to: nil)
        }
        guard let state = try? pool.condensing(), state.nextMapping != 0 else { return }
        // The new mapping and the map, whatever stands in their places.
        try transaction.meta.countFeature(RemovedVdevObjects.countsFeature, by: -2, of: pool)
        let used = Set(pool.rootConfig.all.compactMap(\.indirectObject))
        if !used.contains(state.nextMapping) {
            try RemovedVdevObjects.freeMapping(state.nextMapping, in: &transaction.meta, pool)
        }
        try RemovedVdevObjects.freeMap(state.previousObsoleteMap, in: &transaction.meta, pool)
    }
}
