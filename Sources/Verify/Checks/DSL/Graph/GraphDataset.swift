package import Datasets

/// A dataset as it stands in the MOS, whether any name leads to it or not.
package struct GraphDataset: Sendable {
    package let object: UInt64
    package let stored: DSLDataset
    package let fields: DatasetFields
    /// For a head, the names of its snapshots; nil where they can't be read.
    package let snapshots: [GraphDirectory.Entry]?
    /// For a snapshot, the objects that its list of clones names; nil where the list can't be read.
    package let nextClones: Set<UInt64>?
    /// How many holds there are; nil where they can't be read.
    package let holdCount: Int?

    /// The full name; nil where nothing names it.
    package var name: String?
    /// The directory that it belongs to by the links between datasets; its own word where there are none.
    package var directory: UInt64
    /// The dataset before it in the order of time, or the origin of its directory; 0 for none.
    package var previous: UInt64
    /// Whether it is the present state of its directory, not a snapshot.
    package var isHead = false
}
