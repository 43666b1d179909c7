import Bytes
import Datasets
import Objects
import Vdevs

/// DL4: what a dataset lists of old places on removed vdevs, which snapshots still name, lies on removed vdevs.
///
/// Only early versions made such lists (`zfs remap`); those of today keep and free them. Mirrors
/// `dsl_dataset_block_remapped` (`module/zfs/dsl_dataset.c`).
struct RemapDeadlistCheck: Check {
    static let kinds: [ProblemKind] = [.remapDeadlist]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        var survey = PointerListSurvey(context)
        for dataset in graph.sortedDatasets {
            guard let list = dataset.fields.remapDeadlist else { continue }
            guard !context.isCancelled else { return }
            var location = graph.location(ofDataset: dataset.object)
            location.object = list
            for flaw in flaws(of: list, of: dataset, &survey, context) {
                context.report(
                    Problem(
                        .remapDeadlist, at: location, evidence: Record(["cause": .text(flaw)])))
            }
        }
        context.report(survey.problems)
    }

    private func flaws(
        of list: UInt64, of dataset: GraphDataset, _ survey: inout PointerListSurvey,
        _ context: CheckContext
    ) -> [String] {
        guard context.pool.hasRemovedVdevs else { return ["no vdev was removed from the pool"] }
        let meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        let keys: DeadlistKeys
        do {
            keys = try DeadlistKeys(list, meta)
        } catch {
            return ["\(error)"]
        }
        let removed = Set(
            context.pool.rootConfig.children.filter { $0.kind == .indirect }.compactMap(\.id))
        var total = ChargedSpace()
        var isComplete = true
        var flaws: [String] = []
        for part in keys.parts(upTo: dataset.stored.previousSnapshotTxg) {
            let outcome = survey.read(part.list, owner: dataset.object) { entry in
                guard flaws.isEmpty else { return }
                let vdev = UInt64(entry.pointer.dva(0).vdev)
                if !removed.contains(vdev) {
                    flaws = ["an entry lies on vdev \(vdev), which was not removed"]
                }
            }
            total += outcome.space
            isComplete = isComplete && outcome.isComplete
        }
        if isComplete, total.used != keys.header.usedBytes {
            flaws.append("dl_used is \(keys.header.usedBytes), but the lists hold \(total.used)")
        }
        return flaws
    }
}
