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

    /// Whether both name the same addresses and sizes, so that no sum of space tells them apart.
    package var takesSameSpace: Bool {
        older.isEmbedded == newer.isEmbedded && older.physicalSize == newer.physicalSize
            && older.logicalSize == newer.logicalSize
            && (older.isEmbedded
                || older.copyLimit == newer.copyLimit
                    && (0..<older.copyLimit).allSatisfy { older.dva($0) == newer.dva($0) })
    }

    /// Whether this difference takes back an earlier one in the same place.
    func reverts(_ former: PointerDifference) -> Bool {
        place.inside(former.place.objectSet) == former.place && newer == former.older
            && older == former.newer
    }

    /// The words that differ, by the names that ZFS gives them.
    var fields: [String] {
        zip(BlockPointer.Layout.fields, older.words.indices)
            .filter { older.words[$1] != newer.words[$1] }.map(\.0.name)
    }
}
