import Bytes

/// Zero-length encoding: runs of zeros become one byte, everything else is copied.
///
/// A length byte below 64 announces that many bytes plus one as they are; any other one announces
/// (byte - 63) zeros. Mirrors `module/zfs/zle.c` with its only level, 64.
enum ZLE {
    /// The first length byte that means zeros.
    static let firstRun = 64

    static func decompress(
        _ source: RawSpan, into output: inout MutableRawSpan
    ) throws(CodecError) {
        let failure: CodecError? = unsafe output.withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { input in unsafe expand(input, target) }
        }
        if let failure { throw failure }
    }

    private static func expand(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) -> CodecError? {
        var read = 0
        var written = 0
        while written < output.count {
            guard read < input.count else {
                return .wrongSize(algorithm: "zle", expected: output.count, found: written)
            }
            let place = read
            let length = unsafe Int(input[read])
            read += 1
            let isRun = length >= firstRun
            let count = isRun ? length - firstRun + 1 : length + 1
            guard count <= output.count - written else {
                return .malformed(
                    algorithm: "zle", offset: place, "has \(count) bytes too near the block's end")
            }
            // Sound: the guards before and after prove that `count` bytes fit on both sides.
            let target = unsafe UnsafeMutableRawBufferPointer(
                rebasing: output[written..<written + count])
            if isRun {
                unsafe target.initializeMemory(as: UInt8.self, repeating: 0)
            } else {
                guard count <= input.count - read else {
                    return .malformed(algorithm: "zle", offset: place, "ends within a run of bytes")
                }
                unsafe target.copyMemory(
                    from: UnsafeRawBufferPointer(rebasing: input[read..<read + count]))
                read += count
            }
            written += count
        }
        return nil
    }
}
