import Bytes
import Datasets
import Vdevs

/// DS5, DS6, DS7, DS8: what a dataset says of itself can be: its identifiers, the pointer to its object set, its flags.
struct DatasetFieldCheck: Check {
    static let kinds: [ProblemKind] = [
        .dslIdentifier, .dslRootPointer, .dslDeferredDestroy, .dslInconsistent, .dslHolds,
    ]

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        for dataset in graph.sortedDatasets {
            guard !context.isCancelled else { return }
            checkPointer(dataset, graph, context)
            checkFlags(dataset, graph, context)
            if dataset.stored.fsidGUID.rawValue >> 56 != 0 {
                report(
                    .dslIdentifier, dataset, graph, context,
                    Record([
                        "field": "ds_fsid_guid", "found": .guid(dataset.stored.fsidGUID),
                        "cause": "it has more than 56 bits",
                    ]))
            }
        }
        // Two file systems may hold the same received snapshot, one may not.
        for directory in graph.sortedDirectories { checkIdentifiers(directory, graph, context) }
    }

    private func checkIdentifiers(
        _ directory: GraphDirectory, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        var seen: [GUID: UInt64] = [:]
        for object in directory.chain {
            guard let dataset = graph.datasets[object] else { continue }
            let guid = dataset.stored.guid
            if let other = seen[guid] {
                report(
                    .dslIdentifier, dataset, graph, context,
                    Record([
                        "field": "ds_guid", "found": .guid(guid),
                        "cause": "dataset \(other) has it too",
                    ]))
            }
            seen[guid] = object
        }
    }

    private func checkPointer(
        _ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let pointer = dataset.stored.rootPointer
        var cause: String?
        if pointer.isHole {
            // `BP_ZERO`; a hole may only say what it is a hole in, and since when.
            let said = [BlockPointer.Layout.properties, BlockPointer.Layout.logicalBirth]
                .map { $0.offset / 8 }
            if pointer.words.indices.contains(where: {
                pointer.words[$0] != 0 && !said.contains($0)
            }) {
                cause = "it leads nowhere, but is not empty"
            }
        } else if pointer.isEmbedded {
            cause = "it is embedded"
        } else if pointer.type != .objectSet || pointer.level != 0 {
            cause = "it leads to level \(pointer.level) of \(pointer.type)"
        } else if !dataset.isHead, pointer.birth > dataset.stored.creationTxg {
            cause =
                "it was born in txg \(pointer.birth), the snapshot was taken in "
                + "\(dataset.stored.creationTxg)"
        }
        guard let cause else { return }
        report(.dslRootPointer, dataset, graph, context, Record(["cause": .text(cause)]))
    }

    private func checkFlags(
        _ dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) {
        let stored = dataset.stored
        if stored.flags.contains(.inconsistent) {
            report(.dslInconsistent, dataset, graph, context, Record())
        }
        guard let holds = dataset.holdCount else {
            context.leaveUnchecked("the holds on dataset \(dataset.object)", "they can't be read")
            return
        }
        if dataset.isHead, stored.holds != 0 {
            report(
                .dslHolds, dataset, graph, context,
                .comparison("ds_userrefs_obj", expected: 0, found: stored.holds))
        }
        // Once nothing keeps it any more, the kernel destroys it at once.
        if stored.flags.contains(.deferredDestroy), dataset.isHead || holds == 0,
            dataset.isHead || stored.childCount <= 1
        {
            report(
                .dslDeferredDestroy, dataset, graph, context,
                Record([
                    "holds": .number(UInt64(holds)), "children": .number(stored.childCount),
                ]))
        }
    }

    private func report(
        _ kind: ProblemKind, _ dataset: GraphDataset, _ graph: DatasetGraph,
        _ context: CheckContext, _ evidence: Record
    ) {
        context.report(
            Problem(kind, at: graph.location(ofDataset: dataset.object), evidence: evidence))
    }
}
