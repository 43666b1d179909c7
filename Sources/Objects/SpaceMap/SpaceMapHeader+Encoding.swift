package import Bytes

extension SpaceMapHeader {
    /// Writes the counts, and the histogram where there is one, into the bytes of a header.
    package static func write(
        length: UInt64, allocated: Int64, histogram: [UInt64]?, into bytes: inout [UInt8],
        _ order: ByteOrder
    ) throws(FormatError) {
        try Layout.length.write(length, into: &bytes, order)
        try Layout.allocated.write(allocated, into: &bytes, order)
        guard let histogram, bytes.count >= Layout.byteCount else { return }
        for (bucket, count) in histogram.prefix(bucketCount).enumerated() {
            try Layout.bucket(bucket).write(count, into: &bytes, order)
        }
    }
}
