/// A place in XDR bytes that moves on with each item read (RFC 4506).
struct XDRCursor {
    /// In bytes from the start of the packed list.
    var offset: Int

    mutating func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan
    ) throws(NVFailure) -> Value {
        do {
            let value: Value = try bytes.integer(at: offset, .big)
            offset += MemoryLayout<Value>.size
            return value
        } catch {
            throw NVFailure(error)
        }
    }

    mutating func integers<Value: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan, _ count: Int
    ) throws(NVFailure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try integer(bytes)) }
        return values
    }

    /// `count` bytes and the padding after them.
    mutating func opaque(_ bytes: RawSpan, count: Int) throws(NVFailure) -> [UInt8] {
        try require(bytes, count: count, ofSize: 1)
        do {
            let value = try bytes.slice(at: offset, count: count).array
            offset += (count + 3) / 4 * 4
            return value
        } catch {
            throw NVFailure(error)
        }
    }

    /// Throws unless the bytes left can hold `count` items of at least `size` bytes.
    func require(_ bytes: RawSpan, count: Int, ofSize size: Int) throws(NVFailure) {
        let available = max(0, bytes.byteCount - offset)
        guard count >= 0, count <= available / size else {
            throw NVFailure(
                offset,
                .truncated(
                    needed: count.multipliedReportingOverflow(by: size).partialValue,
                    available: available))
        }
    }
}
