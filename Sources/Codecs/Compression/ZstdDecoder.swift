import Bytes
import CZstd
import Glibc

/// Expands Zstandard blocks: ZFS's header, then one frame without its magic number.
///
/// The library works in memory that is handed to it once, so it never allocates, whatever window a
/// frame asks for; it also refuses frames of its old formats then, which ZFS never wrote.
/// Mirrors `zfs_zstd_decompress_level_buf` (`module/zstd/zfs_zstd.c`).
@safe final class ZstdDecoder {
    private let workspace: UnsafeMutableRawPointer
    private let context: OpaquePointer

    private init(_ workspace: UnsafeMutableRawPointer, _ context: OpaquePointer) {
        unsafe self.workspace = workspace
        unsafe self.context = context
    }

    static func make() throws(CodecError) -> ZstdDecoder {
        let count = ZSTD_estimateDCtxSize()
        guard let workspace = unsafe malloc(count) else {
            throw .outOfMemory(algorithm: "zstd", bytes: count)
        }
        guard let context = unsafe ZSTD_initStaticDCtx(workspace, count) else {
            unsafe free(workspace)
            throw .unavailable(algorithm: "zstd", "libzstd refused \(count) bytes to work in")
        }
        // ZSTD_d_format: its name is a macro that Swift does not import.
        let result = unsafe ZSTD_DCtx_setParameter(
            context, ZSTD_d_experimentalParam1, Int32(ZSTD_f_zstd1_magicless.rawValue))
        guard ZSTD_isError(result) == 0 else {
            unsafe free(workspace)
            throw .unavailable(
                algorithm: "zstd", "libzstd can't read frames without their magic number")
        }
        return unsafe ZstdDecoder(workspace, context)
    }

    deinit { unsafe free(workspace) }

    func decompress(_ source: RawSpan, into output: inout MutableRawSpan) throws(CodecError) {
        let header: ZstdHeader
        do {
            header = try ZstdHeader(source)
        } catch {
            throw .malformed(algorithm: "zstd", offset: 0, "has no room for its header")
        }
        guard header.isKnownLevel else {
            throw .malformed(
                algorithm: "zstd", offset: ZstdHeader.Layout.versionAndLevel.offset,
                "says level \(header.level), which does not exist")
        }
        let frame: RawSpan
        do {
            frame = try source.slice(at: ZstdHeader.Layout.byteCount, count: Int(header.count))
        } catch {
            throw .malformed(
                algorithm: "zstd", offset: 0, "says a length that does not fit its block: \(error)")
        }
        let result = unsafe output.withUnsafeMutableBytes { target in
            unsafe frame.withUnsafeBytes { input in
                // Sound: the library is told the exact sizes of both buffers and checks against them.
                unsafe ZSTD_decompressDCtx(
                    context, target.baseAddress, target.count, input.baseAddress, input.count)
            }
        }
        guard ZSTD_isError(result) == 0 else { throw Self.failure(result, output.byteCount) }
        guard result == output.byteCount else {
            throw .wrongSize(algorithm: "zstd", expected: output.byteCount, found: result)
        }
    }

    private static func failure(_ result: Int, _ expected: Int) -> CodecError {
        switch ZSTD_getErrorCode(result) {
        case ZSTD_error_dstSize_tooSmall:
            .malformed(
                algorithm: "zstd", offset: nil, "goes on past the block's \(expected) bytes")
        default:
            .malformed(
                algorithm: "zstd", offset: nil,
                "is damaged: \(unsafe String(cString: ZSTD_getErrorName(result)))")
        }
    }
}
