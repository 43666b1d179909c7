package import Bytes

extension StoredACL {
    /// Where each field of `zfs_acl_phys_t` lies on disk; in the first version the size is the count.
    package enum Layout {
        package static let byteCount = 88
        /// Room for entries in the structure itself (`ZFS_ACE_SPACE`).
        package static let capacity = 72

        package static let externalObject = Field<UInt64>("z_acl_extern_obj", at: 0)
        package static let size = Field<UInt32>("z_acl_size", at: 8)
        package static let version = Field<UInt16>("z_acl_version", at: 12)
        package static let count = Field<UInt16>("z_acl_count", at: 14)
        package static let entries = AnyField("z_ace_data", 16..<88)

        package static let fields = [
            AnyField(externalObject), AnyField(size), AnyField(version), AnyField(count), entries,
        ]
    }
}
