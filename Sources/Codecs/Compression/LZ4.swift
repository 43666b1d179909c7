import Bytes
import CLZ4

/// LZ4 blocks as ZFS stores them: the length of the payload as four big-endian bytes, then the payload.
///
/// Mirrors `zfs_lz4_decompress_buf` and `zfs_lz4_compress_buf` (`module/zfs/lz4_zfs.c`).
enum LZ4 {
    static let headerByteCount = 4

    static func decompress(
        _ source: RawSpan, into output: inout MutableRawSpan
    ) throws(CodecError) {
        let payload = source.extracting(try payloadRange(of: source))
        guard let inputCount = Int32(exactly: payload.byteCount),
            let outputCount = Int32(exactly: output.byteCount)
        else {
            throw .malformed(algorithm: "lz4", offset: nil, "is longer than any block")
        }
        let found = unsafe output.withUnsafeMutableBytes { target in
            unsafe payload.withUnsafeBytes { input in
                // Sound: the library is told the exact sizes of both buffers and checks against them.
                unsafe LZ4_decompress_safe(
                    input.baseAddress?.assumingMemoryBound(to: CChar.self),
                    target.baseAddress?.assumingMemoryBound(to: CChar.self), inputCount,
                    outputCount)
            }
        }
        guard found >= 0 else {
            // The library returns the place of the error as -(place) - 1.
            throw .malformed(
                algorithm: "lz4", offset: headerByteCount - 1 - Int(found), "is damaged")
        }
        guard found == outputCount else {
            throw .wrongSize(algorithm: "lz4", expected: output.byteCount, found: Int(found))
        }
    }

    /// Where the stream stands behind its length.
    static func payloadRange(of source: RawSpan) throws(CodecError) -> Range<Int> {
        do {
            let stored: UInt32 = try source.integer(at: 0, .big)
            _ = try source.slice(at: headerByteCount, count: Int(stored))
            return headerByteCount..<headerByteCount + Int(stored)
        } catch {
            throw .malformed(
                algorithm: "lz4", offset: 0, "says a length that does not fit its block: \(error)")
        }
    }
}
