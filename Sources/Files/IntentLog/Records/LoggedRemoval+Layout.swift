package import Bytes

extension LoggedRemoval {
    /// Where each field of `lr_remove_t` lies on disk.
    package enum Layout {
        package static let byteCount = 40
        package static let directory = Field<UInt64>("lr_doid", at: 32)
    }

    package static var fields: [AnyField] { [AnyField(Layout.directory)] }
}
