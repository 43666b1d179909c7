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

    /// Proves the same of two blocks at once, which takes little longer than one; what is wrong with either is returned.
    package func measure(
        _ one: RawSpan, expectedCount: Int, and other: RawSpan, otherCount: Int
    ) -> (CodecError?, CodecError?) {
        precondition(isMeasurable, "an algorithm without lengths to follow")
        return LZ4.measure(one, expectedCount: expectedCount, and: other, otherCount: otherCount)
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
    static func measure(_ source: RawSpan, expectedCount: Int) throws(CodecError) {
        let payload = source.extracting(try payloadRange(of: source))
        let end = unsafe payload.withUnsafeBytes { input in
            var cursor = unsafe LZ4Cursor(input, capacity: expectedCount)
            return cursor.finish()
        }
        if let error = judge(end, expectedCount) { throw error }
    }

    static func measure(
        _ one: RawSpan, expectedCount: Int, and other: RawSpan, otherCount: Int
    ) -> (CodecError?, CodecError?) {
        let (first, second): (RawSpan, RawSpan)
        do {
            first = one.extracting(try payloadRange(of: one))
        } catch {
            return (error, alone(other, otherCount))
        }
        do {
            second = other.extracting(try payloadRange(of: other))
        } catch {
            return (alone(one, expectedCount), error)
        }
        return unsafe first.withUnsafeBytes { first in
            unsafe second.withUnsafeBytes { second in
                var cursor = unsafe LZ4Cursor(first, capacity: expectedCount)
                var otherCursor = unsafe LZ4Cursor(second, capacity: otherCount)
                LZ4Cursor.followInTurns(&cursor, &otherCursor)
                return (
                    judge(cursor.finish(), expectedCount), judge(otherCursor.finish(), otherCount)
                )
            }
        }
    }

    private static func alone(_ source: RawSpan, _ expectedCount: Int) -> CodecError? {
        do {
            try measure(source, expectedCount: expectedCount)
            return nil
        } catch {
            return error
        }
    }

    private static func judge(
        _ end: Result<Int, LZ4Cursor.Damage>, _ expectedCount: Int
    ) -> CodecError? {
        switch end {
        case .success(expectedCount): nil
        case .success(let count):
            .wrongSize(algorithm: "lz4", expected: expectedCount, found: count)
        case .failure(let damage):
            .malformed(algorithm: "lz4", offset: headerByteCount + damage.offset, "is damaged")
        }
    }

    /// The bytes at the front of `output` that a stream gives before it is damaged; the rest of `output` means nothing.
    ///
    /// Tokens are expanded one after another, so that what stands before the broken one is whole.
    static func salvage(_ source: RawSpan, into output: inout MutableRawSpan) -> Int {
        guard let range = try? payloadRange(of: source) else { return 0 }
        let (payload, capacity) = (source.extracting(range), output.byteCount)
        let end = unsafe payload.withUnsafeBytes { input in
            var cursor = unsafe LZ4Cursor(input, capacity: capacity)
            return cursor.finish()
        }
        // The same limits hold there; what it says of the damage is known already.
        _ = try? decompress(source, into: &output)
        return switch end {
        case .success(let count): min(count, capacity)
        case .failure(let damage): min(damage.written, capacity)
        }
    }
}
