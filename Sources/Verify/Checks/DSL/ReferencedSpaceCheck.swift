import Bytes
import Datasets
import Vdevs

/// DS3: each dataset refers to what it says, on disk, compressed and uncompressed.
struct ReferencedSpaceCheck: Check {
    static let kinds: [ProblemKind] = [.dslReferenced]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let graph = context.dsl.graph(context)
        for dataset in graph.sortedDatasets {
            guard !context.isCancelled else { return }
            let pointer = dataset.stored.rootPointer
            // The census knows a tree by what its root says that it is.
            guard pointer.isHole || pointer.type == .objectSet,
                let total = context.census.total(of: pointer)
            else {
                context.leaveUnchecked(
                    "what \(graph.name(ofDataset: dataset.object) ?? "dataset \(dataset.object)") refers to",
                    pointer.isHole || pointer.type == .objectSet
                        ? context.census.whyUnknown : "its root is no object set")
                continue
            }
            let (stored, expected) = (dataset.stored.referenced, ChargedSpace(total))
            let fields = [
                ("ds_referenced_bytes", expected.used, stored.used),
                ("ds_compressed_bytes", expected.compressed, stored.compressed),
                ("ds_uncompressed_bytes", expected.uncompressed, stored.uncompressed),
            ]
            for (field, expected, found) in fields where expected != found {
                context.report(
                    Problem(
                        .dslReferenced, at: graph.location(ofDataset: dataset.object),
                        evidence: .comparison(field, expected: expected, found: found)))
            }
        }
    }
}
