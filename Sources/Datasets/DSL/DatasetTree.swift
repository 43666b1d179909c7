import Bytes

/// All datasets of a pool by name, internal ones included.
package struct DatasetTree: Sendable {
    package let root: DatasetNode
    private let byName: [String: Dataset]
    private let byObject: [UInt64: Dataset]
    private let nodesByName: [String: DatasetNode]
    private let nodesByObject: [UInt64: DatasetNode]

    package init(root: DatasetNode) {
        self.root = root
        let datasets = root.datasets
        let nodes = root.nodes
        byName = Dictionary(datasets.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
        byObject = Dictionary(datasets.map { ($0.object, $0) }, uniquingKeysWith: { a, _ in a })
        nodesByName = Dictionary(nodes.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })
        nodesByObject = Dictionary(nodes.map { ($0.object, $0) }, uniquingKeysWith: { a, _ in a })
    }

    /// Every dataset, each head before its snapshots and its children; those of ZFS itself left out.
    package var datasets: [Dataset] { root.visibleDatasets }
    /// The file systems and volumes, those of ZFS itself left out.
    package var nodes: [DatasetNode] { root.nodes.filter { !$0.isInternal } }

    /// The dataset of that full name.
    package func dataset(named name: String) -> Dataset? { byName[name] }
    /// The dataset of that object number.
    package func dataset(object: UInt64) -> Dataset? { byObject[object] }
    /// The directory of that full name.
    package func node(named name: String) -> DatasetNode? { nodesByName[name] }
    /// The directory of that object number.
    package func node(object: UInt64) -> DatasetNode? { nodesByObject[object] }
    /// The directory that a dataset belongs to.
    package func node(of dataset: Dataset) -> DatasetNode? {
        nodesByObject[dataset.stored.directory]
    }
}

extension DatasetNode {
    fileprivate var visibleDatasets: [Dataset] {
        guard !isInternal else { return [] }
        return (head.map { [$0] } ?? []) + snapshots + children.flatMap(\.visibleDatasets)
    }
}
