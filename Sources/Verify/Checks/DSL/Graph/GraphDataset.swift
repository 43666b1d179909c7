import Datasets

/// A dataset as it stands in the MOS, whether any name leads to it or not.
struct GraphDataset: Sendable {
    let object: UInt64
    let stored: DSLDataset
    let fields: DatasetFields
    /// For a head, the names of its snapshots; nil where they can't be read.
    let snapshots: [GraphDirectory.Entry]?
    /// For a snapshot, the objects that its list of clones names; nil where the list can't be read.
    let nextClones: Set<UInt64>?
    /// How many holds there are; nil where they can't be read.
    let holdCount: Int?

    /// The full name; nil where nothing names it.
    var name: String?
    /// The directory that it belongs to by the links between datasets; its own word where there are none.
    var directory: UInt64
    /// The dataset before it in the order of time, or the origin of its directory; 0 for none.
    var previous: UInt64
    /// Whether it is the present state of its directory, not a snapshot.
    var isHead = false
}
