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

    /// The most that a group of eight items takes of the input and gives of output.
    private static let groupInputCount = 1 + 8 * 2
    private static let groupOutputCount = 8 * maximumMatch

    private static func expand(
        _ input: UnsafeRawBufferPointer, _ output: UnsafeMutableRawBufferPointer
    ) -> CodecError? {
        var read = 0
        var written = 0
        // Far from both ends a group needs no checks but for where its matches lie. Eight bytes more than
        // a group takes and gives are asked for, since eight bytes are copied at a time.
        while input.count - read >= groupInputCount + 8,
            output.count - written >= groupOutputCount + 8
        {
            if let failure = unsafe expandGroup(input, &read, output, &written) {
                return failure
            }
        }
        return unsafe expandRest(input, read, output, written)
    }

    /// Expands eight items. The caller has proven that no such group can pass either end.
    @inline(__always)
    private static func expandGroup(
        _ input: UnsafeRawBufferPointer, _ read: inout Int,
        _ output: UnsafeMutableRawBufferPointer, _ written: inout Int
    ) -> CodecError? {
        // The flags not used yet, below a one bit that marks their end.
        var flags = unsafe 0x100 | UInt32(input[read])
        read += 1
        while flags != 1 {
            // All plain bytes up to the next match at once; what is copied beyond them is overwritten.
            let plain = flags.trailingZeroBitCount
            unsafe output.storeBytes(
                of: input.loadUnaligned(fromByteOffset: read, as: UInt64.self),
                toByteOffset: written, as: UInt64.self)
            read += plain
            written += plain
            flags >>= UInt32(plain)
            guard flags != 1 else { break }
            flags >>= 1
            let word = unsafe Int(input[read]) << 8 | Int(input[read + 1])
            let distance = word & distanceMask
            guard distance > 0, distance <= written else {
                return badMatch(distance, read, written)
            }
            read += 2
            let count = (word >> (16 - lengthBits)) + minimumMatch
            unsafe copyMatch(output, written, distance, count)
            written += count
        }
        return nil
    }

    /// Copies a match and up to seven bytes more, which later items overwrite.
    @inline(__always)
    private static func copyMatch(
        _ output: UnsafeMutableRawBufferPointer, _ written: Int, _ distance: Int, _ count: Int
    ) {
        var start = written
        var back = distance
        if distance < 8 {
            // The match overlaps what it produces: a pattern that repeats every `distance` bytes, and so also every
            // so many times as many.
            for index in written..<written + 8 {
                unsafe output[index] = unsafe output[index - distance]
            }
            start += 8
            back = (7 / distance + 1) * distance
        }
        for offset in stride(from: start, to: written + count, by: 8) {
            unsafe output.storeBytes(
                of: output.loadUnaligned(fromByteOffset: offset - back, as: UInt64.self),
                toByteOffset: offset, as: UInt64.self)
        }
    }

    /// Expands item by item up to the end of the output.
    private static func expandRest(
        _ input: UnsafeRawBufferPointer, _ start: Int,
        _ output: UnsafeMutableRawBufferPointer, _ done: Int
    ) -> CodecError? {
        var read = start
        var written = done
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
                return badMatch(distance, read, written)
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

    private static func badMatch(_ distance: Int, _ read: Int, _ written: Int) -> CodecError {
        .malformed(
            algorithm: "lzjb", offset: read,
            "has a match \(distance) bytes back after \(written) bytes")
    }
}
