import Bytes
package import Vdevs

/// Two pointers to one block, of a dataset and of the snapshot before it, that should be alike.
package struct PointerDifference: Sendable {
    /// Where the newer one stands; the older one stands in the same place of the snapshot.
    package let place: BlockPlace
    package let older: BlockPointer
    package let newer: BlockPointer

    /// Where a report tells of it.
    package var location: Location { Location(place, newer) }

    /// The words that differ, by the names that ZFS gives them.
    var fields: [String] {
        zip(BlockPointer.Layout.fields, older.words.indices)
            .filter { older.words[$1] != newer.words[$1] }.map(\.0.name)
    }
}
