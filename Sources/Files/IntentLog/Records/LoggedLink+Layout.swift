package import Bytes

extension LoggedLink {
    /// Where each field of `lr_link_t` lies on disk.
    package enum Layout {
        package static let byteCount = 48
        package static let directory = Field<UInt64>("lr_doid", at: 32)
        package static let object = Field<UInt64>("lr_link_obj", at: 40)
    }

    package static var fields: [AnyField] { [AnyField(Layout.directory), AnyField(Layout.object)] }
}
