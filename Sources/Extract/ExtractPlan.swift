import Datasets
import Files

/// Which datasets an extraction copies, and where each goes: as they would lie if they were mounted.
///
/// A dataset below another goes to a folder of its own name, a snapshot to `.zfs/snapshot/NAME`, a volume to a
/// file of its name.
struct ExtractPlan {
    struct Part {
        let dataset: Dataset
        let place: Place
    }

    enum Place {
        /// What was named: its contents go to the target itself.
        case top
        /// By the name of the dataset that it lies below.
        case below(String, name: String)
        /// By the name of its head, or of whatever has that one's place.
        case snapshot(of: String, name: String)
    }

    private(set) var parts: [Part] = []

    init(_ contents: PoolContents, _ request: ExtractRequest) throws(PoolError) {
        let named = try contents.dataset(named: request.item.dataset)
        parts = [Part(dataset: named, place: .top)]
        guard request.isRecursive || request.takesSnapshots else { return }
        guard let node = try contents.pool.datasets().node(of: named) else {
            throw .absent("what lies below \(named.name) can't be told, since no name leads to it")
        }
        if request.takesSnapshots, !named.isSnapshot { addSnapshots(of: node, at: named.name) }
        if request.isRecursive { addChildren(of: node, at: named.name, request, named) }
    }

    private mutating func addSnapshots(of node: DatasetNode, at name: String) {
        for snapshot in node.snapshots {
            guard let short = snapshot.snapshotName else { continue }
            parts.append(Part(dataset: snapshot, place: .snapshot(of: name, name: short)))
        }
    }

    /// Of a snapshot that was named, those of the same name are taken.
    private mutating func addChildren(
        of node: DatasetNode, at name: String, _ request: ExtractRequest, _ named: Dataset
    ) {
        for child in node.children where !child.isInternal {
            let last = child.name.split(separator: "/").last.map(String.init) ?? child.name
            let dataset =
                named.isSnapshot
                ? child.snapshots.first { $0.snapshotName == named.snapshotName } : child.head
            if let dataset {
                parts.append(Part(dataset: dataset, place: .below(name, name: last)))
            }
            let here = dataset?.name ?? name
            if request.takesSnapshots, !named.isSnapshot { addSnapshots(of: child, at: here) }
            addChildren(of: child, at: here, request, named)
        }
    }

    /// What a file counts besides its contents, so that many small ones are seen to be copied: a dnode.
    static let byteCountPerFile: UInt64 = 512

    /// Bytes of contents in all datasets and what their files count, about.
    var byteCount: UInt64 {
        parts.reduce(0) { total, part in
            let contents = part.dataset.stored.uncompressedBytes
            return total &+ contents &+ part.dataset.objectCount &* Self.byteCountPerFile
        }
    }
}
