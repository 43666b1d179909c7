import Bytes
import Datasets

/// DD3, DD4, DD5: what each directory says that it uses, in sum and in its five parts.
///
/// The head's part are the blocks that it refers to and that were born since the directory's origin; the snapshots' part
/// are those of them which the head no longer has; then come the directories below, what they have reserved and not
/// filled, and what the head has. Mirrors `dsl_dir_diduse_space` and its callers (`module/zfs/dsl_dir.c`).
struct UsedSpaceCheck: Check {
    static let kinds: [ProblemKind] = [.dslUsed]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        let reckoning = UsedSpace(context, graph)
        var known: [UInt64: UsedSpace.Sums] = [:]
        let charged = graph.charged
        // Each directory comes before those below it.
        for object in graph.order.reversed() {
            guard !context.isCancelled, let directory = graph.directories[object] else { return }
            let children = charged[object] ?? []
            let isWhole =
                !directory.isUnreadable
                && !directory.children.contains {
                    $0.object.map(graph.isUnreadable) ?? false
                }
            guard isWhole,
                let sums = reckoning.sums(
                    of: directory, children: children.compactMap { known[$0] })
            else {
                context.leaveUnchecked(
                    "the used space of \(directory.name ?? "directory \(object)")",
                    "a dataset, deadlist or directory of it can't be read")
                // What lies above is compared with what this one says.
                known[object] = UsedSpace.Sums(stored: directory.stored)
                continue
            }
            known[object] = sums
            compare(sums, directory, graph, context)
        }
    }

    private func compare(
        _ sums: UsedSpace.Sums, _ directory: GraphDirectory, _ graph: DatasetGraph,
        _ context: CheckContext
    ) {
        let stored = directory.stored
        var fields = [
            ("dd_used_bytes", sums.used, stored.usedBytes),
            ("dd_compressed_bytes", sums.compressed, stored.compressedBytes),
            ("dd_uncompressed_bytes", sums.uncompressed, stored.uncompressedBytes),
        ]
        if stored.hasBreakdown {
            fields += [
                ("dd_used_breakdown[HEAD]", sums.head, stored.usedByHead),
                ("dd_used_breakdown[SNAP]", sums.snapshots, stored.usedBySnapshots),
                ("dd_used_breakdown[CHILD]", sums.children, stored.usedByChildren),
                (
                    "dd_used_breakdown[CHILD_RSRV]", sums.childReservations,
                    stored.usedByChildReservations
                ),
                ("dd_used_breakdown[REFRSRV]", sums.reservation, stored.usedByReservation),
            ]
        }
        for (field, expected, found) in fields where expected != found {
            context.report(
                Problem(
                    .dslUsed, at: graph.location(ofDirectory: directory.object),
                    evidence: .comparison(field, expected: expected, found: found)))
        }
    }
}
