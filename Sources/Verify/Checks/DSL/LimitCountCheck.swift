import Bytes
import Datasets

/// DD7: the numbers of file systems and snapshots that limits are held against, and quotas that the properties repeat.
///
/// Counts are only kept where a limit was set once. Names that begin with `$` are not counted, nor are snapshots whose
/// names begin with `%`. Mirrors `dsl_dir_init_fs_ss_count` (`module/zfs/dsl_dir.c`).
struct LimitCountCheck: Check {
    static let kinds: [ProblemKind] = [.dslLimitCount, .dslQuota]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        var below: [UInt64: (filesystems: UInt64, snapshots: UInt64)] = [:]
        for object in graph.order.reversed() {
            guard !context.isCancelled, let directory = graph.directories[object] else { return }
            guard let counts = counts(of: directory, below, graph) else { continue }
            below[object] = counts
            let fields = [
                (
                    "com.joyent:filesystem_count", counts.filesystems,
                    directory.fields.filesystemCount
                ),
                ("com.joyent:snapshot_count", counts.snapshots, directory.fields.snapshotCount),
            ]
            for (field, expected, found) in fields {
                guard let found, found != expected else { continue }
                report(.dslLimitCount, directory, field, expected, found, graph, context)
            }
            checkQuota(directory, graph, context)
        }
    }

    private func counts(
        of directory: GraphDirectory, _ below: [UInt64: (filesystems: UInt64, snapshots: UInt64)],
        _ graph: DatasetGraph
    ) -> (filesystems: UInt64, snapshots: UInt64)? {
        var counts: (filesystems: UInt64, snapshots: UInt64) = (0, 0)
        for entry in directory.children where !entry.name.hasPrefix("$") {
            guard let child = entry.object, let own = below[child] else { continue }
            counts.filesystems &+= own.filesystems &+ 1
            counts.snapshots &+= own.snapshots
        }
        guard let head = graph.head(of: directory) else {
            return directory.isInternal ? counts : nil
        }
        guard let snapshots = head.snapshots else { return nil }
        counts.snapshots &+= UInt64(snapshots.count { !$0.name.hasPrefix("%") })
        return counts
    }

    /// Since version 22 the property is stored too, and both are set together (`dsl_dir_set_quota_sync`).
    private func checkQuota(
        _ directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        guard context.pool.version >= 22 else { return }
        let fields = [
            ("quota", "dd_quota", directory.stored.quota),
            ("reservation", "dd_reserved", directory.stored.reserved),
        ]
        for (property, field, found) in fields {
            guard case .number(let expected) = directory.properties.value(of: property)?.value,
                expected != found
            else { continue }
            report(.dslQuota, directory, field, expected, found, graph, context)
        }
    }

    private func report(
        _ kind: ProblemKind, _ directory: GraphDirectory, _ field: String, _ expected: UInt64,
        _ found: UInt64, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        context.report(
            Problem(
                kind, at: graph.location(ofDirectory: directory.object),
                evidence: .comparison(field, expected: expected, found: found)))
    }
}
