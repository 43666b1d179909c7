package import Bytes

/// The head of a redaction list: which snapshots it was made of, and how far it has come.
///
/// The bonus of the list's object, or its spill block where the bonus has no room. Mirrors
/// `redaction_list_phys_t` (`include/sys/dsl_bookmark.h`).
package struct RedactionList: Sendable, Hashable {
    /// `rlp_last_object`: up to which object the list is complete; all ones when done.
    package let lastObject: UInt64
    /// `rlp_last_blkid`: the same, the block of that object.
    package let lastBlock: UInt64
    /// `rlp_num_entries`: how many ranges the list has.
    package let entryCount: UInt64
    /// `rlp_snaps`: the GUIDs of the snapshots.
    package let snapshots: [GUID]

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        lastObject = try Layout.lastObject.read(bytes, order)
        lastBlock = try Layout.lastBlock.read(bytes, order)
        entryCount = try Layout.entryCount.read(bytes, order)
        let count = try Layout.snapshotCount.read(bytes, order)
        guard count <= UInt64(bytes.byteCount / 8) else {
            throw FormatError(Layout.snapshotCount.name, .badValue(count))
        }
        var snapshots: [GUID] = []
        for index in 0..<Int(count) {
            let field = Field<UInt64>("rlp_snaps", at: Layout.snapshotsOffset + index * 8)
            snapshots.append(GUID(try field.read(bytes, order)))
        }
        self.snapshots = snapshots
    }

    /// Where each field of `redaction_list_phys_t` lies on disk.
    package enum Layout {
        package static let lastObject = Field<UInt64>("rlp_last_object", at: 0)
        package static let lastBlock = Field<UInt64>("rlp_last_blkid", at: 8)
        package static let entryCount = Field<UInt64>("rlp_num_entries", at: 16)
        package static let snapshotCount = Field<UInt64>("rlp_num_snaps", at: 24)
        package static let snapshotsOffset = 32

        package static let fields = [
            AnyField(lastObject), AnyField(lastBlock), AnyField(entryCount),
            AnyField(snapshotCount),
        ]
    }

    package var record: Record {
        Record([
            "last_object": .word(lastObject),
            "last_block": .word(lastBlock),
            "entries": .number(entryCount),
            "snapshots": .list(snapshots.map { .guid($0) }),
        ])
    }
}
