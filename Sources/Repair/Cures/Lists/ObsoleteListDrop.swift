import Datasets
import Objects
import Vdevs
import Verify

/// The list of blocks that were given new addresses, whose old ones on removed vdevs are to be marked obsolete: given up where
/// it names what can't be, or can't be read.
///
/// What it stands for is noted with the mappings instead, since the block tree tells that no block is left at the old
/// addresses. Mirrors `dsl_pool_destroy_obsolete_bpobj` (`module/zfs/dsl_pool.c`).
struct ObsoleteListDrop: Sendable {
    private let problems: [Problem]
    private let list: UInt64
    private let rebuilds: [ObsoleteRebuild]

    init?(_ problems: [Problem], _ pool: Pool, _ context: CheckContext) {
        guard let list = pool.directory.object(.obsoleteList), list != 0 else { return nil }
        let parts = Set(
            [list] + PointerListRebuild(pool: pool, deflation: pool.deflation).below(list))
        let own = problems.filter { problem in
            (problem.kind == .pointerListEntry || problem.kind == .listUnreadable)
                && problem.location.object.map(parts.contains) ?? false
        }
        guard !own.isEmpty else { return nil }
        self.problems = own
        self.list = list
        rebuilds = pool.rootConfig.children.compactMap { config in
            ObsoleteBooks(config, context, ignoringList: true).map { ObsoleteRebuild([], $0) }
        }
    }

    var step: CureStep {
        CureStep(
            problems, cure: DeadlistCure.name, as: .discard,
            "Give up the list of obsolete places on removed vdevs, and note them anew",
            losses: [
                RepairLoss(
                    object: list, "the list of obsolete places, which the block tree tells")
            ]
        ) { transaction throws(RepairError) in
            let pool = transaction.pool
            try transaction.meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
                try object.salvageZAP(
                    setting: ObjectDirectory.Key.obsoleteList.rawValue, to: nil)
            }
            try PointerListRebuild(pool: pool, deflation: pool.deflation)
                .free(list, in: &transaction.meta)
            try transaction.meta.countFeature(
                RemovedVdevObjects.countsFeature, by: -1, of: pool)
            for rebuild in rebuilds { try rebuild.apply(to: &transaction) }
        }
    }
}
