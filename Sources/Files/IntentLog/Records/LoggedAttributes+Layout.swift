package import Bytes

extension LoggedAttributes {
    /// Where each field of `lr_setattr_t` lies on disk.
    package enum Layout {
        package static let byteCount = 112

        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let mask = Field<UInt64>("lr_mask", at: 40)
        package static let mode = Field<UInt64>("lr_mode", at: 48)
        package static let user = Field<UInt64>("lr_uid", at: 56)
        package static let group = Field<UInt64>("lr_gid", at: 64)
        package static let size = Field<UInt64>("lr_size", at: 72)
        package static let accessTime = AnyField("lr_atime", 80..<96)
        package static let modificationTime = AnyField("lr_mtime", 96..<112)
    }

    package static var fields: [AnyField] {
        [
            AnyField(Layout.object), AnyField(Layout.mask), AnyField(Layout.mode),
            AnyField(Layout.user), AnyField(Layout.group), AnyField(Layout.size),
            Layout.accessTime, Layout.modificationTime,
        ]
    }
}
