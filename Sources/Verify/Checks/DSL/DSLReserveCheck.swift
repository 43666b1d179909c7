import Bytes
import Datasets
import Vdevs

/// DD1, DS1: numbers and flags of directories and datasets that no version of OpenZFS writes, and tables of another type
/// than belongs there.
struct DSLReserveCheck: Check {
    static let kinds: [ProblemKind] = [.dslField]

    /// `DS_FLAG_INCONSISTENT`, `_NOPROMOTE`, `_UNIQUE_ACCURATE`, `_DEFER_DESTROY` and `_CI_DATASET`
    /// (`include/sys/dsl_dataset.h`).
    private static let datasetFlags: UInt64 = 0xf | 1 << 16
    /// `DD_FLAG_USED_BREAKDOWN` (`include/sys/dsl_dir.h`).
    private static let directoryFlags: UInt64 = 1

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let survey = context.meta.survey(context)
        for directory in graph.sortedDirectories where !directory.isUnreadable {
            let place = graph.location(ofDirectory: directory.object)
            check(directory.stored, place, context)
            for (field, object, type) in Self.tables(of: directory.stored) {
                compare(survey.objects[object]?.type, with: type, field, object, place, context)
            }
        }
        for dataset in graph.sortedDatasets {
            let place = graph.location(ofDataset: dataset.object)
            check(dataset, place, context)
            for (field, object, type) in Self.tables(of: dataset.stored) {
                compare(survey.objects[object]?.type, with: type, field, object, place, context)
            }
        }
    }

    private func check(
        _ directory: DSLDirectory, _ place: Location, _ context: CheckContext
    ) {
        if directory.flags & ~Self.directoryFlags != 0 {
            report("dd_flags", directory.flags, "flags that no version knows", place, context)
        }
        let parts = [
            directory.usedByHead, directory.usedBySnapshots, directory.usedByChildren,
            directory.usedByChildReservations, directory.usedByReservation,
        ]
        if !directory.hasBreakdown, let part = parts.first(where: { $0 != 0 }) {
            report(
                "dd_used_breakdown", part, "the flag that it is kept is not set", place, context)
        }
    }

    private func check(_ dataset: GraphDataset, _ place: Location, _ context: CheckContext) {
        let stored = dataset.stored
        if stored.rawFlags & ~Self.datasetFlags != 0 {
            report("ds_flags", stored.rawFlags, "flags that no version knows", place, context)
        }
        if stored.creationTxg > context.pool.txg {
            report(
                "ds_creation_txg", stored.creationTxg.rawValue, "it is of the future", place,
                context)
        }
        if dataset.isHead, stored.childCount != 0 {
            report(
                "ds_num_children", stored.childCount, "nothing follows on a present state", place,
                context)
        }
    }

    private typealias Table = (field: String, object: UInt64, type: ObjectType)

    private static func tables(of directory: DSLDirectory) -> [Table] {
        [
            ("dd_child_dir_zapobj", directory.childMap, .dslDirectoryChildMap),
            ("dd_props_zapobj", directory.properties, .dslProperties),
            ("dd_clones", directory.clones, .dslClones),
        ]
    }

    private static func tables(of dataset: DSLDataset) -> [Table] {
        [
            ("ds_snapnames_zapobj", dataset.snapshotNames, .dslSnapshotMap),
            ("ds_next_clones_obj", dataset.nextClones, .nextClones),
            ("ds_props_obj", dataset.snapshotProperties, .dslProperties),
            // Holds of what is no snapshot are told as such.
            ("ds_userrefs_obj", dataset.snapshotNames == 0 ? dataset.holds : 0, .userReferences),
        ]
    }

    /// An object that is missing or of no known type is told by others.
    private func compare(
        _ found: ObjectType?, with type: ObjectType, _ field: String, _ object: UInt64,
        _ place: Location, _ context: CheckContext
    ) {
        guard object != 0, let found, found.isKnown, found != type else { return }
        report(field, object, "the object is of type \(found), not \(type)", place, context)
    }

    private func report(
        _ field: String, _ found: UInt64, _ cause: String, _ place: Location,
        _ context: CheckContext
    ) {
        context.report(
            Problem(
                .dslField, at: place,
                evidence: Record([
                    "field": .text(field), "found": .number(found), "cause": .text(cause),
                ])))
    }
}
