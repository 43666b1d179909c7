package import Bytes

/// One node of a tree that is shown as a table with an indented first column.
package struct TreeNode: Sendable {
    /// The text of the first column.
    package let label: String
    package let record: Record
    package let children: [TreeNode]

    package init(_ label: String, _ record: Record, children: [TreeNode] = []) {
        self.label = label
        self.record = record
        self.children = children
    }

    /// The nodes from top to bottom with their labels moved in by two columns a level.
    func flattened(depth: Int = 0) -> [Record] {
        var own = Record()
        own.add("label", .text(String(repeating: "  ", count: depth) + label))
        for entry in record.entries { own.add(entry.name, entry.value) }
        // Vdev trees of real pools are four levels deep; damaged ones are cut by their decoder.
        return [own] + children.flatMap { $0.flattened(depth: depth + 1) }
    }
}
