package import Bytes

extension LoggedExtendedAttribute {
    /// Where each field of `lr_setsaxattr_t` lies on disk.
    package enum Layout {
        package static let byteCount = 48
        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let size = Field<UInt64>("lr_size", at: 40)
    }

    package static var fields: [AnyField] { [AnyField(Layout.object), AnyField(Layout.size)] }
}
