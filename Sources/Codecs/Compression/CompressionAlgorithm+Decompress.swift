extension CompressionAlgorithm {
    /// The most bytes a block can expand to: what the 25 bits of an embedded pointer's size and the
    /// 16-bit sector count of a plain one can say.
    package static let maximumByteCount = 1 << 25

    /// Expands `source` into `output`, which must be exactly as long as the block is (`lsize`).
    ///
    /// Makes what the algorithm needs anew and is meant for single blocks; a worker that reads many
    /// owns a `Decompressor`.
    ///
    /// - Throws: see `Decompressor.decompress`. What `output` then holds is not specified.
    package func decompress(
        _ source: RawSpan, into output: inout MutableRawSpan
    ) throws(CodecError) {
        try Decompressor().decompress(self, source, into: &output)
    }

    /// The `expectedCount` bytes that `source` expands to.
    package func decompress(
        _ source: RawSpan, expectedCount: Int
    ) throws(CodecError) -> [UInt8] {
        try Decompressor().decompress(self, source, expectedCount: expectedCount)
    }
}
