package import Bytes

extension DeadlistHeader {
    /// Where each field of `dsl_deadlist_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 320

        package static let usedBytes = Field<UInt64>("dl_used", at: 0)
        package static let compressedBytes = Field<UInt64>("dl_comp", at: 8)
        package static let uncompressedBytes = Field<UInt64>("dl_uncomp", at: 16)

        package static let fields = [
            AnyField(usedBytes),
            AnyField(compressedBytes),
            AnyField(uncompressedBytes),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
