/// Expands blocks, one at a time, and keeps what the libraries need from block to block.
///
/// A worker thread owns one. Memory stays below 200 KiB whatever the blocks hold, and the work for a
/// block is bounded by the sizes of its input and output.
package final class Decompressor {
    private var zstd: ZstdDecoder?
    private var gzip: GZIPDecoder?

    package init() {}

    /// Expands `source` into `output`, which must be exactly as long as the block is (`lsize`).
    ///
    /// What follows the payload in `source` (the padding up to a whole sector) is ignored.
    ///
    /// - Throws: `CodecError.malformed` or `wrongSize` for a bad payload, `unknownAlgorithm`,
    ///   `outOfMemory`. What `output` then holds is not specified.
    ///
    /// Mirrors `zio_decompress_data` (`module/zfs/zio_compress.c`).
    package func decompress(
        _ algorithm: CompressionAlgorithm, _ source: RawSpan, into output: inout MutableRawSpan
    ) throws(CodecError) {
        switch algorithm {
        case .off: try copy(source, into: &output)
        case .empty: fillWithZeros(&output)
        case .lzjb: try LZJB.decompress(source, into: &output)
        case .zle: try ZLE.decompress(source, into: &output)
        case .lz4: try LZ4.decompress(source, into: &output)
        case .zstd: try zstdDecoder().decompress(source, into: &output)
        default:
            guard algorithm.gzipLevel != nil else {
                throw .unknownAlgorithm("compression \(algorithm)")
            }
            try gzipDecoder().decompress(source, into: &output)
        }
    }

    /// The `expectedCount` bytes that `source` expands to.
    package func decompress(
        _ algorithm: CompressionAlgorithm, _ source: RawSpan, expectedCount: Int
    ) throws(CodecError) -> [UInt8] {
        guard (0...CompressionAlgorithm.maximumByteCount).contains(expectedCount) else {
            throw .outOfMemory(algorithm: "\(algorithm)", bytes: expectedCount)
        }
        var bytes = [UInt8](repeating: 0, count: expectedCount)
        var span = bytes.mutableSpan
        var output = unsafe span.mutableBytes
        try decompress(algorithm, source, into: &output)
        return bytes
    }

    private func fillWithZeros(_ output: inout MutableRawSpan) {
        unsafe output.withUnsafeMutableBytes { target in
            _ = unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
        }
    }

    private func copy(_ source: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        guard source.byteCount == output.byteCount else {
            throw .wrongSize(
                algorithm: "uncompressed", expected: output.byteCount, found: source.byteCount)
        }
        unsafe output.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
    }

    private func zstdDecoder() throws(CodecError) -> ZstdDecoder {
        if let zstd { return zstd }
        let made = try ZstdDecoder.make()
        zstd = made
        return made
    }

    private func gzipDecoder() throws(CodecError) -> GZIPDecoder {
        if let gzip { return gzip }
        let made = try GZIPDecoder.make()
        gzip = made
        return made
    }
}
