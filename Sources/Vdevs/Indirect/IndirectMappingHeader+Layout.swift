package import Bytes

extension IndirectMappingHeader {
    /// Where the fields of `vdev_indirect_mapping_phys_t` lie.
    package enum Layout {
        package static let byteCount = 32

        package static let maximumOffset = Field<UInt64>("vimp_max_offset", at: 0)
        package static let bytesMapped = Field<UInt64>("vimp_bytes_mapped", at: 8)
        package static let entryCount = Field<UInt64>("vimp_num_entries", at: 16)
        package static let countsObject = Field<UInt64>("vimp_counts_object", at: 24)

        package static let fields = [
            AnyField(maximumOffset), AnyField(bytesMapped), AnyField(entryCount),
            AnyField(countsObject),
        ]
    }

    package var record: Record {
        var record = Record([
            "vimp_max_offset": .offset(maximumOffset), "vimp_bytes_mapped": .bytes(bytesMapped),
            "vimp_num_entries": .number(entryCount),
        ])
        record.add("vimp_counts_object", countsObject.map { .number($0) })
        return record
    }

    /// Writes the known fields into the bytes of a bonus.
    package func encode(into bytes: inout [UInt8], _ order: ByteOrder) throws(FormatError) {
        try Layout.maximumOffset.write(maximumOffset, into: &bytes, order)
        try Layout.bytesMapped.write(bytesMapped, into: &bytes, order)
        try Layout.entryCount.write(entryCount, into: &bytes, order)
        if let countsObject { try Layout.countsObject.write(countsObject, into: &bytes, order) }
    }
}
