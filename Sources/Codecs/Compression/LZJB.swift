import Bytes

/// LZJB, the compression of ZFS's first years.
///
/// Items come in groups of eight behind a byte of flags, lowest bit first. A clear flag is one byte as
/// it is; a set one is two bytes, big-endian: six bits of length minus 3, ten bits of distance back.
/// A match that reaches past the end of the block is cut there. Mirrors `module/zfs/lzjb.c`.
enum LZJB {
    static let lengthBits = 6
    static let minimumMatch = 3
    static let maximumMatch = (1 << lengthBits) + minimumMatch - 1
    static let distanceMask = (1 << (16 - lengthBits)) - 1

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
        /// The flags not used yet, below a one bit that marks their end.
        var flags: UInt32 = 1
        while written < output.count {
            if flags == 1 {
                guard read < input.count else { break }
                flags = unsafe 0x100 | UInt32(input[read])
                read += 1
            }
            let isMatch = flags & 1 != 0
            flags >>= 1
            guard isMatch else {
                guard read < input.count else { break }
                unsafe output[written] = unsafe input[read]
                read += 1
                written += 1
                continue
            }
            guard input.count - read >= 2 else { break }
            let word = unsafe Int(input[read]) << 8 | Int(input[read + 1])
            let distance = word & distanceMask
            guard distance > 0, distance <= written else {
                return .malformed(
                    algorithm: "lzjb", offset: read,
                    "has a match \(distance) bytes back after \(written) bytes")
            }
            read += 2
            let count = min((word >> (16 - lengthBits)) + minimumMatch, output.count - written)
            // One byte at a time, since a match may overlap what it produces.
            for index in written..<written + count {
                unsafe output[index] = unsafe output[index - distance]
            }
            written += count
        }
        guard written == output.count else {
            return .wrongSize(algorithm: "lzjb", expected: output.count, found: written)
        }
        return nil
    }
}
