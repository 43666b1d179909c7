import Bytes
import Datasets
import Objects
import Vdevs

/// Whether the values in the pool's own tables have the form that values there have: one number, or a text with a NUL at its
/// end.
///
/// Who looks a value up says how many integers of which size it expects, and gets an error or a text without an end
/// otherwise. Entries of directories, features and bookmarks are the matter of the checks that follow them.
struct TableValueCheck: Check {
    static let kinds: [ProblemKind] = [.zapValueForm]

    /// What the values of a table are.
    private enum Form {
        case text
        case number
        /// Properties are either.
        case textOrNumber
    }

    func run(_ context: CheckContext) {
        let pool = context.pool
        let graph = context.dsl.graph(context)
        check(pool.directory.object(.featureDescriptions), .text, context)
        check(pool.directory.object(.poolProperties), .textOrNumber, context)
        for vdev in pool.config?.root?.all ?? [] {
            for object in [vdev.rootZAP, vdev.topZAP, vdev.leafZAP] {
                check(object, .textOrNumber, context)
            }
        }
        for key in [ObjectDirectory.Key.errorsOfLast, .errorsOfScrub] {
            guard let table = pool.directory.object(key) else { continue }
            check(table, .textOrNumber, context)
            // With `head_errlog` each dataset has a table of its own.
            forEachEntry(of: table, context) { entry in
                guard entry.integerSize == 8, entry.uint64 != table else { return }
                check(entry.uint64, .text, context)
            }
        }
        for directory in graph.sortedDirectories {
            let isTable = (try? pool.meta.object(directory.object))?.type.content == .zap
            if isTable { check(directory.object, .number, context) }
            check(directory.stored.properties, .textOrNumber, context)
            check(directory.stored.delegations, .number, context)
        }
        for dataset in graph.sortedDatasets {
            check(dataset.stored.snapshotProperties, .textOrNumber, context)
            check(dataset.stored.holds, .number, context)
        }
    }

    private func check(_ object: UInt64?, _ form: Form, _ context: CheckContext) {
        guard let object, object != 0 else { return }
        forEachEntry(of: object, context) { check($0, of: object, form, context) }
    }

    /// The user does not want to wait any longer.
    private struct Cancelled: Error {}

    /// What can't be read, the check of all tables tells.
    private func forEachEntry(
        of object: UInt64, _ context: CheckContext, _ body: (ZAPEntry) -> Void
    ) {
        guard !context.isCancelled else { return }
        _ = try? context.pool.meta.zap(object).forEachEntry { entry throws(Cancelled) in
            guard !context.isCancelled else { throw Cancelled() }
            body(entry)
        }
    }

    /// Values of several numbers: how far a vdev was rebuilt (`vdev_rebuild_phys_t`), and a time with its nanoseconds.
    private static let lists = [
        "org.openzfs:vdev_rebuild": 12, "com.ixsystems:snapshots_changed": 2,
    ]

    private func check(
        _ entry: ZAPEntry, of object: UInt64, _ form: Form, _ context: CheckContext
    ) {
        let value = entry.value
        let flaw: String?
        switch value.integerSize {
        case 8 where form != .text:
            flaw =
                value.count == Self.lists[entry.name] ?? 1
                ? nil : "it has \(value.count) numbers"
        case 1 where form != .number:
            let bytes = value.bytes
            flaw =
                bytes.firstIndex(of: 0) == bytes.count - 1
                ? nil : "its text of \(bytes.count) bytes does not end with its first NUL"
        default: flaw = "it has \(value.count) integers of \(value.integerSize) bytes"
        }
        guard let flaw else { return }
        var location = Location(objectSet: 0, object: object)
        location.key = entry.name
        context.report(
            Problem(.zapValueForm, at: location, evidence: Record(["cause": .text(flaw)])))
    }
}
