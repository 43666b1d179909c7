import Bytes

extension CompressionAlgorithm {
    /// Whether `measure` can tell for this algorithm.
    package var isMeasurable: Bool { self == .lz4 }

    /// Proves that `source` expands to `expectedCount` bytes, without expanding it; only for what `isMeasurable` says.
    ///
    /// The lengths of an LZ4 stream stand in its tokens, so that following them is enough; nothing is written.
    package func measure(_ source: RawSpan, expectedCount: Int) throws(CodecError) {
        precondition(isMeasurable, "an algorithm without lengths to follow")
        try LZ4.measure(source, expectedCount: expectedCount)
    }

    /// What a damaged payload still gives of the `expectedCount` bytes: those at the front that are whole.
    ///
    /// Nothing for algorithms whose streams are checked as wholes.
    package func salvage(_ source: RawSpan, expectedCount: Int) -> [UInt8] {
        guard self == .lz4 else { return [] }
        var output = [UInt8](repeating: 0, count: expectedCount)
        let count = output.withMutableRawBytes { raw in LZ4.salvage(source, into: &raw) }
        return [UInt8](output.prefix(count))
    }
}

extension LZ4 {
    /// Follows the tokens of a stream with the same limits as `LZ4_decompress_safe`.
    static func measure(_ source: RawSpan, expectedCount: Int) throws(CodecError) {
        let payload = source.extracting(try payloadRange(of: source))
        let end = unsafe payload.withUnsafeBytes { input in
            unsafe follow(input, capacity: expectedCount)
        }
        switch end {
        case .success(let count):
            guard count == expectedCount else {
                throw .wrongSize(algorithm: "lz4", expected: expectedCount, found: count)
            }
        case .failure(let damage):
            throw .malformed(
                algorithm: "lz4", offset: headerByteCount + damage.offset, "is damaged")
        }
    }

    /// The bytes at the front of `output` that a stream gives before it is damaged; the rest of `output` means nothing.
    ///
    /// Tokens are expanded one after another, so that what stands before the broken one is whole.
    static func salvage(_ source: RawSpan, into output: inout MutableRawSpan) -> Int {
        guard let range = try? payloadRange(of: source) else { return 0 }
        let (payload, capacity) = (source.extracting(range), output.byteCount)
        let end = unsafe payload.withUnsafeBytes { input in
            unsafe follow(input, capacity: capacity)
        }
        // The same limits hold there; what it says of the damage is known already.
        _ = try? decompress(source, into: &output)
        return switch end {
        case .success(let count): min(count, capacity)
        case .failure(let damage): min(damage.written, capacity)
        }
    }

    private struct Damage: Error {
        let offset: Int
        /// Bytes that come of the tokens before.
        let written: Int
    }

    /// The last five bytes are literals, and no match begins in the last twelve (`LASTLITERALS` and `MFLIMIT`).
    private static let lastLiterals = 5
    private static let matchLimit = 12

    private static func follow(
        _ input: UnsafeRawBufferPointer, capacity: Int
    ) -> Result<Int, Damage> {
        let count = input.count
        var read = 0
        var written = 0
        var start = 0
        while read < count {
            unsafe skipShort(input, capacity: capacity, &read, &written)
            start = written
            let token = unsafe Int(input[read])
            read += 1
            var literals = token >> 4
            if literals == 15 {
                guard let more = unsafe length(input, &read) else {
                    return .failure(Damage(offset: read, written: start))
                }
                literals += more
            }
            // Sound: both are bounded by the input and by the checks below; a block is far shorter than 2^62.
            if written + literals > capacity - matchLimit || read + literals > count - 8 {
                guard read + literals == count, written + literals <= capacity else {
                    return .failure(Damage(offset: read, written: start))
                }
                return .success(written + literals)
            }
            read += literals
            written += literals
            // Sound: eight bytes follow, by the check above.
            let distance = unsafe Int(input[read]) | Int(input[read + 1]) << 8
            read += 2
            guard distance > 0, distance <= written else {
                return .failure(Damage(offset: read - 2, written: start))
            }
            var match = token & 15
            if match == 15 {
                guard let more = unsafe length(input, &read), read <= count - lastLiterals else {
                    return .failure(Damage(offset: read, written: start))
                }
                match += more
            }
            written += match + 4
            guard written <= capacity - lastLiterals else {
                return .failure(Damage(offset: read, written: start))
            }
        }
        return .failure(Damage(offset: read, written: written))
    }

    /// Follows tokens with short lengths, which most are, as long as they are far from both ends; stops before one that is
    /// anything else, or damaged.
    @inline(__always)
    private static func skipShort(
        _ input: UnsafeRawBufferPointer, capacity: Int, _ read: inout Int, _ written: inout Int
    ) {
        // A token of at most 14 literals, the distance, eight bytes more; 14 literals, a match of at most 18, the limit.
        let (lastRead, lastWrite) = (input.count - 25, capacity - 32 - matchLimit)
        while read <= lastRead, written <= lastWrite {
            // Sound: all of the token is inside, as said above, and its lengths are below 2^5.
            let token = unsafe Int(input[read])
            let (literals, match) = (token >> 4, token & 15)
            guard literals < 15, match < 15 else { return }
            let distance = unsafe input.loadUnaligned(
                fromByteOffset: read &+ 1 &+ literals, as: UInt16.self)
            let isInside =
                distance != 0 && Int(UInt16(littleEndian: distance)) <= written &+ literals
            guard isInside else { return }
            read &+= literals &+ 3
            written &+= literals &+ match &+ 4
        }
    }

    /// The bytes that continue a length: as many of 255 as it takes, then one that is less.
    private static func length(_ input: UnsafeRawBufferPointer, _ read: inout Int) -> Int? {
        var sum = 0
        while read < input.count {
            let byte = unsafe Int(input[read])
            read += 1
            sum += byte
            if byte < 255 { return sum }
        }
        return nil
    }
}
