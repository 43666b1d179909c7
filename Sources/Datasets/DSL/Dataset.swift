import Bytes
package import Vdevs

/// A dataset with its place in the tree of names: the head of a file system or volume, or a snapshot.
package struct Dataset: Sendable {
    /// The full name, with `@` before a snapshot's own part.
    package let name: String
    /// Its object in the MOS, which zdb calls its ID.
    package let object: UInt64
    package let isSnapshot: Bool
    /// What its object holds.
    package let stored: DSLDataset
    package let fields: DatasetFields

    package init(
        name: String, object: UInt64, isSnapshot: Bool, stored: DSLDataset,
        fields: DatasetFields = DatasetFields()
    ) {
        self.name = name
        self.object = object
        self.isSnapshot = isSnapshot
        self.stored = stored
        self.fields = fields
    }

    /// The block of its object set.
    package var rootPointer: BlockPointer { stored.rootPointer }
    /// How many objects it has, its meta dnode's own slots not counted.
    package var objectCount: UInt64 { stored.rootPointer.isHole ? 0 : stored.rootPointer.fill }
    /// The part after `@`; nil for a head.
    package var snapshotName: String? {
        guard isSnapshot, let mark = name.firstIndex(of: "@") else { return nil }
        return String(name[name.index(after: mark)...])
    }
}
