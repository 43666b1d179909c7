package import Bytes

extension LoggedClone {
    /// Where each field of `lr_clone_range_t` lies on disk.
    package enum Layout {
        package static let byteCount = 72

        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let offset = Field<UInt64>("lr_offset", at: 40)
        package static let length = Field<UInt64>("lr_length", at: 48)
        package static let blockSize = Field<UInt64>("lr_blksz", at: 56)
        package static let pointerCount = Field<UInt64>("lr_nbps", at: 64)
    }

    package static var fields: [AnyField] {
        [
            AnyField(Layout.object), AnyField(Layout.offset), AnyField(Layout.length),
            AnyField(Layout.blockSize), AnyField(Layout.pointerCount),
        ]
    }
}
