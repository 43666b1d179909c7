extension CompressionAlgorithm {
    /// Packs a block as OpenZFS would read it, or nothing where that takes more than `limit` bytes.
    ///
    /// The result need not be what OpenZFS itself would have written, only what it expands to the
    /// same bytes. It has no padding; the writer rounds up to whole sectors.
    ///
    /// - Parameters:
    ///   - limit: the most bytes the payload may take, its header included. ZFS asks for an eighth less
    ///     than the block.
    ///   - zstdLevel: ZFS's own number of the level (`ZstdHeader.level`).
    /// - Throws: `CodecError.unknownAlgorithm` for what is no compression, `outOfMemory`.
    ///
    /// Mirrors `zio_compress_data` (`module/zfs/zio_compress.c`).
    package func compress(
        _ source: RawSpan, limit: Int, zstdLevel: UInt8 = ZstdHeader.defaultLevel
    ) throws(CodecError) -> [UInt8]? {
        guard limit > 0, source.byteCount <= Self.maximumByteCount else { return nil }
        switch self {
        case .lzjb: return LZJB.compress(source, limit: limit)
        case .zle: return ZLE.compress(source, limit: limit)
        case .lz4: return LZ4.compress(source, limit: limit)
        case .zstd: return try ZstdEncoder.compress(source, limit: limit, level: zstdLevel)
        default:
            guard let gzipLevel else { throw .unknownAlgorithm("compression \(self)") }
            return try GZIPEncoder.compress(source, limit: limit, level: gzipLevel)
        }
    }
}
