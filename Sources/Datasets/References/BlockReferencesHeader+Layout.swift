package import Bytes

extension BlockReferencesHeader {
    /// Where each field of `brt_vdev_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 56

        package static let entries = Field<UInt64>("bvp_mos_entries", at: 0)
        package static let size = Field<UInt64>("bvp_size", at: 8)
        package static let byteOrder = Field<UInt64>("bvp_byteorder", at: 16)
        package static let totalCount = Field<UInt64>("bvp_totalcount", at: 24)
        package static let rangeSize = Field<UInt64>("bvp_rangesize", at: 32)
        package static let usedSpace = Field<UInt64>("bvp_usedspace", at: 40)
        package static let savedSpace = Field<UInt64>("bvp_savedspace", at: 48)

        package static let fields = [
            AnyField(entries),
            AnyField(size),
            AnyField(byteOrder),
            AnyField(totalCount),
            AnyField(rangeSize),
            AnyField(usedSpace),
            AnyField(savedSpace),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
