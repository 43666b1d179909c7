package import Bytes

extension LoggedTruncation {
    /// Where each field of `lr_truncate_t` lies on disk.
    package enum Layout {
        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let offset = Field<UInt64>("lr_offset", at: 40)
        package static let length = Field<UInt64>("lr_length", at: 48)
    }

    package static var fields: [AnyField] {
        [AnyField(Layout.object), AnyField(Layout.offset), AnyField(Layout.length)]
    }
}
