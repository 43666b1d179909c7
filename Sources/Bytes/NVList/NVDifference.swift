/// One place in which two lists differ.
package struct NVDifference: Sendable, Hashable {
    /// As in findings: `vdev_tree.children[2].path`.
    package let path: String
    /// What the first list holds there; nil where it holds nothing.
    package let left: NVValue?
    package let right: NVValue?
}
