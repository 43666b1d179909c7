import Bytes
import CZstd

/// Packs blocks as ZFS's header and a Zstandard frame without magic number, size or checksum.
///
/// Mirrors `zfs_zstd_compress_impl` (`module/zstd/zfs_zstd.c`).
enum ZstdEncoder {
    /// The header and the frame, or nothing where both take more than `limit` bytes.
    static func compress(
        _ source: RawSpan, limit: Int, level: UInt8
    ) throws(CodecError) -> [UInt8]? {
        guard let libraryLevel = ZstdHeader.libraryLevel(level) else {
            throw .unavailable(algorithm: "zstd", "there is no level \(level)")
        }
        let start = ZstdHeader.Layout.byteCount
        guard limit > start else { return nil }
        guard let context = unsafe ZSTD_createCCtx() else {
            throw .outOfMemory(algorithm: "zstd", bytes: ZSTD_estimateCCtxSize(libraryLevel))
        }
        defer { unsafe ZSTD_freeCCtx(context) }
        // ZSTD_c_format is a macro that Swift does not import.
        for (parameter, value) in [
            (ZSTD_c_compressionLevel, libraryLevel),
            (ZSTD_c_experimentalParam2, Int32(ZSTD_f_zstd1_magicless.rawValue)),
            (ZSTD_c_checksumFlag, 0), (ZSTD_c_contentSizeFlag, 0),
        ] {
            guard
                unsafe ZSTD_isError(ZSTD_CCtx_setParameter(context, parameter, value)) == 0
            else { throw .unavailable(algorithm: "zstd", "libzstd refused a parameter") }
        }
        var block = [UInt8](repeating: 0, count: limit)
        let count = unsafe block.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { input in
                // Sound: the frame's room begins after the header and ends with the block.
                unsafe ZSTD_compress2(
                    context, target.baseAddress?.advanced(by: start), limit - start,
                    input.baseAddress, input.count)
            }
        }
        guard ZSTD_isError(count) == 0 else {
            switch ZSTD_getErrorCode(count) {
            case ZSTD_error_dstSize_tooSmall: return nil
            case ZSTD_error_memory_allocation:
                throw .outOfMemory(algorithm: "zstd", bytes: ZSTD_estimateCCtxSize(libraryLevel))
            default:
                throw .unavailable(
                    algorithm: "zstd", unsafe String(cString: ZSTD_getErrorName(count)))
            }
        }
        let header = ZstdHeader(
            count: UInt32(count), level: level, version: UInt32(ZSTD_versionNumber()))
        block.removeSubrange((start + count)...)
        header.encode(into: &block)
        return block
    }
}
