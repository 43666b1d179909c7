/// A file system or volume in the tree of names, with its snapshots and what lies below it.
package struct DatasetNode: Sendable {
    /// The full name.
    package let name: String
    /// The object of its DSL directory.
    package let object: UInt64
    package let directory: DSLDirectory
    package let fields: DirectoryFields
    /// The current state; nil for the directory of the MOS, or where it can't be read.
    package let head: Dataset?
    /// The oldest first.
    package let snapshots: [Dataset]
    /// Sorted by name.
    package let children: [DatasetNode]

    /// Belongs to ZFS itself: `$MOS`, `$FREE`, `$ORIGIN`, `$LEAK`.
    package var isInternal: Bool {
        name.split(separator: "/").last.map { $0.hasPrefix("$") } ?? false
    }

    /// Its snapshots, its head and all below, each head before its snapshots.
    package var datasets: [Dataset] {
        (head.map { [$0] } ?? []) + snapshots + children.flatMap(\.datasets)
    }

    /// This node and all below.
    package var nodes: [DatasetNode] { [self] + children.flatMap(\.nodes) }
}
