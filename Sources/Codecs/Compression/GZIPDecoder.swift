import Bytes
import CZlib

/// Expands gzip-1 to gzip-9 blocks, which are zlib streams; the level does not matter here.
///
/// Mirrors `zfs_gzip_decompress_buf` (`module/zfs/gzip.c`).
@safe final class GZIPDecoder {
    /// On the heap, because the library remembers the address of its stream.
    private let stream: UnsafeMutablePointer<z_stream>

    private init(_ stream: UnsafeMutablePointer<z_stream>) { unsafe self.stream = stream }

    static func make() throws(CodecError) -> GZIPDecoder {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let result = unsafe inflateInit_(
            stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw failure(result, 0)
        }
        return unsafe GZIPDecoder(stream)
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// One call of `inflate` with all the input and an output of the exact size: the stream must end
    /// there, and its checksum must agree.
    func decompress(_ source: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        guard let inputCount = UInt32(exactly: source.byteCount),
            let outputCount = UInt32(exactly: output.byteCount)
        else {
            throw .malformed(algorithm: "gzip", offset: nil, "is longer than any block")
        }
        var result = unsafe inflateReset(stream)
        guard result == Z_OK else { throw Self.failure(result, 0) }
        result = unsafe output.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { input in
                // Sound: the library reads and writes within the counts it is given, and keeps neither
                // pointer after the call that matters; the next call sets both anew.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
                unsafe stream.pointee.avail_in = inputCount
                unsafe stream.pointee.next_out = target.baseAddress?.assumingMemoryBound(
                    to: UInt8.self)
                unsafe stream.pointee.avail_out = outputCount
                return unsafe inflate(stream, Z_FINISH)
            }
        }
        let place = unsafe Int(inputCount - stream.pointee.avail_in)
        let written = unsafe Int(outputCount - stream.pointee.avail_out)
        switch result {
        case Z_STREAM_END:
            guard written == output.byteCount else {
                throw .wrongSize(algorithm: "gzip", expected: output.byteCount, found: written)
            }
        case Z_OK, Z_BUF_ERROR:
            throw .malformed(
                algorithm: "gzip", offset: place,
                written == output.byteCount
                    ? "goes on past the block's \(written) bytes" : "ends too early")
        default:
            throw Self.failure(result, place)
        }
    }

    private static func failure(_ result: Int32, _ place: Int) -> CodecError {
        switch result {
        case Z_MEM_ERROR: .outOfMemory(algorithm: "gzip", bytes: 1 << 15)
        case Z_VERSION_ERROR:
            .unavailable(algorithm: "gzip", "the zlib library is not the one it was built for")
        default: .malformed(algorithm: "gzip", offset: place, "is damaged")
        }
    }
}
