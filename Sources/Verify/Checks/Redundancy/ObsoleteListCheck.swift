import Bytes
import Datasets
import Objects
import Vdevs

/// BO2: the list of what of removed vdevs is to be marked obsolete names blocks of removed vdevs only.
///
/// It is emptied in each group (`bpobj_iterate` of `dp_obsolete_bpobj`, `module/zfs/dsl_scan.c`). Deferred and delayed frees
/// are compared with the space maps and with each other by the walk, which claims what they name.
struct ObsoleteListCheck: Check {
    static let kinds: [ProblemKind] = [.pointerListEntry, .listUnreadable, .pointerListTotals]

    func run(_ context: CheckContext) {
        guard let object = context.pool.directory.object(.obsoleteList), object != 0 else { return }
        var survey = PointerListSurvey(context)
        let removed = Set(
            context.pool.rootConfig.children.filter { $0.kind == .indirect }.compactMap(\.id))
        var first: PointerListSurvey.Entry?
        _ = survey.read(object, owner: ObjectDirectory.objectNumber) { entry in
            guard first == nil, !removed.contains(UInt64(entry.pointer.dva(0).vdev)) else { return }
            first = entry
        }
        context.report(survey.problems)
        guard let first else { return }
        context.report(
            Problem(
                .pointerListEntry, at: Location(objectSet: 0, object: first.list),
                evidence: Record([
                    "index": .number(first.index),
                    "cause": .text(
                        "it lies on vdev \(first.pointer.dva(0).vdev), which was not removed"),
                ])))
    }
}
