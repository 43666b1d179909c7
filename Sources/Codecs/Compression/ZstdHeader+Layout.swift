package import Bytes

extension ZstdHeader {
    /// Where each field of `zfs_zstdhdr_t` lies.
    package enum Layout {
        package static let count = Field<UInt32>("c_len", at: 0)
        package static let versionAndLevel = Field<UInt32>("raw_version_level", at: 4)
        package static let byteCount = 8

        package static let fields = [AnyField(count), AnyField(versionAndLevel)]
    }
}
