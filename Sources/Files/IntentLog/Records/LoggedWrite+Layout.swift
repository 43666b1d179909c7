package import Bytes

extension LoggedWrite {
    /// Where each field of `lr_write_t` lies on disk.
    package enum Layout {
        package static let byteCount = 192

        package static let object = Field<UInt64>("lr_foid", at: 32)
        package static let offset = Field<UInt64>("lr_offset", at: 40)
        package static let length = Field<UInt64>("lr_length", at: 48)
        package static let blockOffset = Field<UInt64>("lr_blkoff", at: 56)
        package static let pointer = AnyField("lr_blkptr", 64..<192)
    }

    package static var fields: [AnyField] {
        [
            AnyField(Layout.object), AnyField(Layout.offset), AnyField(Layout.length),
            AnyField(Layout.blockOffset), Layout.pointer,
        ]
    }
}
