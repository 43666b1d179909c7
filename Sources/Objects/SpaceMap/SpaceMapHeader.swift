package import Bytes

/// The bonus of a space map: how long the log is and how much it leaves allocated.
///
/// 24 bytes in early versions; 320 with a histogram of the free regions. Mirrors `space_map_phys_t`
/// (`include/sys/space_map.h`).
package struct SpaceMapHeader: Sendable, Hashable {
    /// Buckets of the histogram (`SPACE_MAP_HISTOGRAM_SIZE`).
    package static let bucketCount = 32

    /// The object's own number; early versions relied on it.
    package let object: UInt64
    /// How many bytes of the object are entries.
    package let length: UInt64
    /// Bytes allocated less bytes freed; negative for a map that logs more frees.
    package let allocated: Int64
    /// How many free regions there are of each size: bucket i counts those of 2^(i + shift) bytes and more.
    ///
    /// Nil in the short header. With log space maps it takes the unflushed changes into account.
    package let histogram: [UInt64]?
    package let order: ByteOrder

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        object = try Layout.object.read(bytes, order)
        length = try Layout.length.read(bytes, order)
        allocated = try Layout.allocated.read(bytes, order)
        self.order = order
        guard bytes.byteCount >= Layout.byteCount else {
            histogram = nil
            return
        }
        var histogram: [UInt64] = []
        for bucket in 0..<Self.bucketCount {
            histogram.append(try Layout.bucket(bucket).read(bytes, order))
        }
        self.histogram = histogram
    }
}
