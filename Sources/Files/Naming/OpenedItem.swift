package import Datasets
package import Objects

/// What a name led to: a dataset that was opened, and the file or object in it that was named.
package struct OpenedItem: Sendable {
    package let item: PoolItem
    /// Nil for the meta object set.
    package let dataset: Dataset?
    package let contents: DatasetContents
    /// The file that was named, or the root directory where a whole file system was.
    package let file: File?
    /// The object that was named; the file's, a volume's data, or any other by its number.
    package let object: DMUObject?
}
