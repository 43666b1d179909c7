package import Bytes

extension Bookmark {
    /// Where each field of `zfs_bookmark_phys_t` lies.
    package enum Layout {
        package static let byteCount = 96

        package static let guid = Field<UInt64>("zbm_guid", at: 0)
        package static let creationTxg = Field<UInt64>("zbm_creation_txg", at: 8)
        package static let creationTime = Field<UInt64>("zbm_creation_time", at: 16)
        package static let redactionList = Field<UInt64>("zbm_redaction_obj", at: 24)
        package static let rawFlags = Field<UInt64>("zbm_flags", at: 32)
        package static let referencedBytes = Field<UInt64>("zbm_referenced_bytes_refd", at: 40)
        package static let compressedBytes = Field<UInt64>("zbm_compressed_bytes_refd", at: 48)
        package static let uncompressedBytes = Field<UInt64>("zbm_uncompressed_bytes_refd", at: 56)
        package static let referencedFreedBytes = Field<UInt64>(
            "zbm_referenced_freed_before_next_snap", at: 64)
        package static let compressedFreedBytes = Field<UInt64>(
            "zbm_compressed_freed_before_next_snap", at: 72)
        package static let uncompressedFreedBytes = Field<UInt64>(
            "zbm_uncompressed_freed_before_next_snap", at: 80)
        package static let ivsetGUID = Field<UInt64>("zbm_ivset_guid", at: 88)

        package static let fields = [
            AnyField(guid),
            AnyField(creationTxg),
            AnyField(creationTime),
            AnyField(redactionList),
            AnyField(rawFlags),
            AnyField(referencedBytes),
            AnyField(compressedBytes),
            AnyField(uncompressedBytes),
            AnyField(referencedFreedBytes),
            AnyField(compressedFreedBytes),
            AnyField(uncompressedFreedBytes),
            AnyField(ivsetGUID),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
