package import Bytes

extension SpaceMapHeader {
    /// Where each field of `space_map_phys_t` lies on disk.
    package enum Layout {
        /// `SPACE_MAP_SIZE_V0`: the header without a histogram.
        package static let shortByteCount = 24
        package static let byteCount = 320

        package static let object = Field<UInt64>("smp_object", at: 0)
        package static let length = Field<UInt64>("smp_length", at: 8)
        package static let allocated = Field<Int64>("smp_alloc", at: 16)
        package static let padding = AnyField("smp_pad", 24..<64)

        /// One bucket of the histogram, 0 to 31.
        package static func bucket(_ index: Int) -> Field<UInt64> {
            Field<UInt64>("smp_histogram[\(index)]", at: 64 + index * 8)
        }

        package static let fields =
            [AnyField(object), AnyField(length), AnyField(allocated), padding]
            + (0..<bucketCount).map { AnyField(bucket($0)) }
    }
}
