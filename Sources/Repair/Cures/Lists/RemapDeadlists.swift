import Datasets
import Objects
import Vdevs
import Verify

/// Lists of places on removed vdevs that only snapshots still name, which are given up where they can't be right.
///
/// They only tell how much of a removed vdev's mapping is obsolete. Mirrors `dsl_dataset_destroy_remap_deadlist`
/// (`module/zfs/dsl_dataset.c`).
struct RemapDeadlists {
    let steps: [CureStep]

    private static let key = "com.delphix:remap_deadlist"

    init(_ problems: [Problem], _ owners: ListOwners, _ pool: Pool) {
        let found = Dictionary(grouping: problems.filter { $0.kind == .remapDeadlist }) {
            $0.location.object ?? 0
        }
        steps = owners.graph.sortedDatasets.compactMap { dataset in
            guard let list = dataset.fields.remapDeadlist, let own = found[list] else {
                return nil
            }
            let (object, emptyList) = (dataset.object, owners.emptyList)
            let name = dataset.name ?? "dataset \(object)"
            return CureStep(
                own, cure: DeadlistCure.name, as: .discard,
                "Give up the list of old places on removed vdevs of \(name)",
                losses: [
                    RepairLoss(
                        dataset: dataset.name, object: list,
                        "the list of old places, so that a mapping may be kept longer than it need be"
                    )
                ]
            ) { transaction throws(RepairError) in
                try Self.drop(list, of: object, emptyList, from: &transaction)
            }
        }
    }

    private static func drop(
        _ list: UInt64, of dataset: UInt64, _ emptyList: UInt64?,
        from transaction: inout Transaction
    ) throws(RepairError) {
        let pool = transaction.pool
        try transaction.meta.edit(dataset) { object throws(RepairError) in
            try object.removeEntry(key)
        }
        let writer = PointerListRebuild(pool: pool, deflation: pool.deflation)
        if let deadlist = try? Deadlist(list, pool.meta),
            case .byBirth(_, let parts) = deadlist.form
        {
            for part in parts where part.list != emptyList {
                try writer.free(part.list, in: &transaction.meta)
            }
            try writer.releaseEmpty(
                parts.count { $0.list == emptyList }, in: &transaction.meta)
        }
        try writer.freeOne(list, in: &transaction.meta)
        try transaction.meta.countFeature(
            RemovedVdevObjects.countsFeature, by: -1, of: pool)
    }
}
