package import Bytes

/// The bonus of a mapping object: how much it maps.
///
/// Mirrors `vdev_indirect_mapping_phys_t` (`include/sys/vdev_indirect_mapping.h`).
package struct IndirectMappingHeader: Sendable, Hashable {
    /// `vimp_max_offset`: the end of the last mapped piece, in bytes.
    package let maximumOffset: UInt64
    /// `vimp_bytes_mapped`: the length of all pieces together.
    package let bytesMapped: UInt64
    /// `vimp_num_entries`.
    package let entryCount: UInt64
    /// `vimp_counts_object`: the object that counts unused bytes entry by entry; bonuses of the first version
    /// have none.
    package let countsObject: UInt64?

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        maximumOffset = try Layout.maximumOffset.read(bytes, order)
        bytesMapped = try Layout.bytesMapped.read(bytes, order)
        entryCount = try Layout.entryCount.read(bytes, order)
        countsObject =
            bytes.byteCount >= Layout.byteCount ? try Layout.countsObject.read(bytes, order) : nil
    }
}
