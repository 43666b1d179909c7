import Bytes
import CZlib

/// Packs blocks as zlib streams of a level from 1 to 9.
///
/// Mirrors `zfs_gzip_compress_buf` (`module/zfs/gzip.c`).
enum GZIPEncoder {
    /// The payload, or nothing where it takes more than `limit` bytes.
    static func compress(
        _ source: RawSpan, limit: Int, level: Int
    ) throws(CodecError) -> [UInt8]? {
        var block = [UInt8](repeating: 0, count: limit)
        var count = uLongf(limit)
        let result = unsafe block.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { input in
                // Sound: the library is told both sizes and writes its own into `count`.
                unsafe compress2(
                    target.baseAddress?.assumingMemoryBound(to: UInt8.self), &count,
                    input.baseAddress?.assumingMemoryBound(to: UInt8.self), uLong(input.count),
                    Int32(level))
            }
        }
        switch result {
        case Z_OK:
            block.removeSubrange(Int(count)...)
            return block
        case Z_BUF_ERROR: return nil
        case Z_MEM_ERROR: throw .outOfMemory(algorithm: "gzip", bytes: 1 << 18)
        default: throw .unavailable(algorithm: "gzip", "zlib gave error \(result)")
        }
    }
}
