package import Bytes

/// What is left of a snapshot for later incremental sends: its identity and some sums.
///
/// The value of an entry of a dataset's bookmarks ZAP, 3 words in the first form and 12 in the second.
/// Sizes are bytes. Mirrors `zfs_bookmark_phys_t` (`include/sys/dsl_bookmark.h`).
package struct Bookmark: FixedStructure, Hashable {
    /// How many words the form before `bookmark_v2` has (`BOOKMARK_PHYS_SIZE_V1`).
    package static let firstFormWords = 3

    /// `zbm_guid`: the snapshot's GUID.
    package var guid: GUID
    /// `zbm_creation_txg`: when the snapshot was taken.
    package var creationTxg: TransactionGroup
    /// `zbm_creation_time`: the same in seconds since 1970.
    package var creationTime: UInt64
    /// `zbm_redaction_obj`: the list of what redacted sends leave out; 0 for none.
    package var redactionList: UInt64
    /// `zbm_flags`.
    package var rawFlags: UInt64
    /// `zbm_referenced_bytes_refd`: what the snapshot referred to.
    package var referencedBytes: UInt64
    /// `zbm_compressed_bytes_refd`.
    package var compressedBytes: UInt64
    /// `zbm_uncompressed_bytes_refd`.
    package var uncompressedBytes: UInt64
    /// `zbm_referenced_freed_before_next_snap`: of that, what was freed before the next snapshot.
    package var referencedFreedBytes: UInt64
    /// `zbm_compressed_freed_before_next_snap`.
    package var compressedFreedBytes: UInt64
    /// `zbm_uncompressed_freed_before_next_snap`.
    package var uncompressedFreedBytes: UInt64
    /// `zbm_ivset_guid`: which set of IVs an encrypted snapshot had; 0 where not encrypted.
    package var ivsetGUID: GUID

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        guid = GUID(try Layout.guid.read(bytes, order))
        creationTxg = TransactionGroup(try Layout.creationTxg.read(bytes, order))
        creationTime = try Layout.creationTime.read(bytes, order)
        redactionList = try Layout.redactionList.read(bytes, order)
        rawFlags = try Layout.rawFlags.read(bytes, order)
        referencedBytes = try Layout.referencedBytes.read(bytes, order)
        compressedBytes = try Layout.compressedBytes.read(bytes, order)
        uncompressedBytes = try Layout.uncompressedBytes.read(bytes, order)
        referencedFreedBytes = try Layout.referencedFreedBytes.read(bytes, order)
        compressedFreedBytes = try Layout.compressedFreedBytes.read(bytes, order)
        uncompressedFreedBytes = try Layout.uncompressedFreedBytes.read(bytes, order)
        ivsetGUID = GUID(try Layout.ivsetGUID.read(bytes, order))
    }

    /// The sums of what was freed are kept (`ZBM_FLAG_HAS_FBN`).
    package var hasFreedSums: Bool { rawFlags & 1 != 0 }
    /// The snapshot still exists (`ZBM_FLAG_SNAPSHOT_EXISTS`).
    package var snapshotExists: Bool { rawFlags & 2 != 0 }
}
