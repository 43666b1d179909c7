import Bytes

/// All datasets of a pool by name, internal ones included.
package struct DatasetTree: Sendable {
    package let root: DatasetNode
    /// Those of ZFS itself included; the maps hold places in these, since there can be a hundred thousand snapshots.
    private let allDatasets: [Dataset]
    private let allNodes: [DatasetNode]
    private let byName: [String: Int]
    private let byObject: [UInt64: Int]
    private let nodesByName: [String: Int]
    private let nodesByObject: [UInt64: Int]

    package init(root: DatasetNode) {
        self.root = root
        allDatasets = root.datasets
        allNodes = root.nodes
        byName = Self.places(of: allDatasets.map(\.name))
        byObject = Self.places(of: allDatasets.map(\.object))
        nodesByName = Self.places(of: allNodes.map(\.name))
        nodesByObject = Self.places(of: allNodes.map(\.object))
    }

    /// The first place of each key.
    private static func places<Key: Hashable>(of keys: [Key]) -> [Key: Int] {
        Dictionary(zip(keys, keys.indices), uniquingKeysWith: { a, _ in a })
    }

    /// Every dataset, each head before its snapshots and its children; those of ZFS itself left out.
    package var datasets: [Dataset] { root.visibleDatasets }
    /// The file systems and volumes, those of ZFS itself left out.
    package var nodes: [DatasetNode] { allNodes.filter { !$0.isInternal } }

    /// The dataset of that full name.
    package func dataset(named name: String) -> Dataset? { byName[name].map { allDatasets[$0] } }
    /// The dataset of that object number.
    package func dataset(object: UInt64) -> Dataset? { byObject[object].map { allDatasets[$0] } }
    /// The directory of that full name.
    package func node(named name: String) -> DatasetNode? { nodesByName[name].map { allNodes[$0] } }
    /// The directory of that object number.
    package func node(object: UInt64) -> DatasetNode? { nodesByObject[object].map { allNodes[$0] } }
    /// The directory that a dataset belongs to.
    package func node(of dataset: Dataset) -> DatasetNode? {
        node(object: dataset.stored.directory)
    }
}

extension DatasetNode {
    fileprivate var visibleDatasets: [Dataset] {
        guard !isInternal else { return [] }
        return (head.map { [$0] } ?? []) + snapshots + children.flatMap(\.visibleDatasets)
    }
}
