package import Datasets
import Objects

/// A DSL directory as it stands in the MOS, whether any name leads to it or not.
package struct GraphDirectory: Sendable {
    package let object: UInt64
    package let stored: DSLDirectory
    package let fields: DirectoryFields
    /// The entries of its child map: names and the numbers of directories.
    package let children: [Entry]
    /// The objects that its list of clones names; nil where the list can't be read.
    package let clones: Set<UInt64>?
    package let properties: StoredProperties

    /// One entry of a child map or of a map of snapshots.
    package struct Entry: Sendable, Hashable {
        package let name: String
        /// Nil where the value is not one number.
        package let object: UInt64?
    }

    /// Whether it was met as a child of a directory, and under which name in full; set by the reader.
    package var name: String?
    /// The directory whose child map lists it; nil for the root and for those that nothing lists.
    package var listedBy: UInt64?
    /// The directory to which it is charged: the one that lists it, or that it names where none does.
    package var chargedTo: UInt64?
    /// The object of its head: what it says, unless another dataset of it must be the one.
    package var head: UInt64
    /// The snapshot that it began as: what it says, unless its oldest dataset follows on another one that knows of it.
    package var origin: UInt64
    /// Its own bonus can't be read; what is known of it is what its datasets say.
    package var isUnreadable = false
    /// Its datasets in the order of time, the head last.
    package var chain: [UInt64] = []

    /// Belongs to ZFS itself: `$MOS`, `$FREE`, `$LEAK`, `$ORIGIN`.
    package var isInternal: Bool {
        name?.split(separator: "/").last.map { $0.hasPrefix("$") } ?? false
    }
    /// The last part of its name.
    package var ownName: String? { name?.split(separator: "/").last.map { String($0) } }
}
