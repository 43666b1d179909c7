extension RawSpan {
    /// The integer stored at `offset`, which need not be aligned.
    ///
    /// This is the only place in the project that loads an integer from raw bytes. It is inlinable because
    /// a generic function of another module is not specialised otherwise: 1.2 ns a load instead of 15.
    @inlinable
    package func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        at offset: Int, _ order: ByteOrder, as type: Value.Type = Value.self
    ) throws(OutOfBounds) -> Value {
        let size = MemoryLayout<Value>.size
        guard offset >= 0, byteCount >= size, offset <= byteCount - size else {
            throw OutOfBounds(offset: offset, count: size, available: byteCount)
        }
        // Sound: the guard proves offset ..< offset + size lies inside the span.
        return order.native(
            unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: Value.self))
    }

    /// The `count` bytes starting at `offset`.
    @_lifetime(copy self)
    package func slice(at offset: Int, count: Int) throws(OutOfBounds) -> RawSpan {
        guard offset >= 0, count >= 0, byteCount >= count, offset <= byteCount - count else {
            throw OutOfBounds(offset: offset, count: count, available: byteCount)
        }
        return extracting(offset..<offset + count)
    }

    /// A copy of these bytes.
    package var array: [UInt8] {
        unsafe withUnsafeBytes { unsafe Array($0) }
    }

    /// Whether every byte is zero.
    package var isAllZero: Bool {
        let words = byteCount / 8
        for index in 0..<words {
            // Sound: index < words, so the eight bytes lie inside the span.
            let word = unsafe unsafeLoadUnaligned(
                fromUncheckedByteOffset: index * 8, as: UInt64.self)
            if word != 0 { return false }
        }
        for offset in words * 8..<byteCount {
            if unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self) != 0 {
                return false
            }
        }
        return true
    }

    /// Whether both hold the same bytes.
    package func equals(_ other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        return unsafe withUnsafeBytes { left in
            unsafe other.withUnsafeBytes { right in unsafe left.elementsEqual(right) }
        }
    }
}

extension Array where Element: FixedWidthInteger & BitwiseCopyable {
    /// The array's bytes. An integer has no padding, so this view is always initialized memory.
    @inlinable package var rawBytes: RawSpan {
        @_lifetime(borrow self) get { unsafe span.bytes }
    }

    /// Runs `body` on the array's bytes; any bytes are a valid integer, so nothing written can break it.
    package mutating func withMutableRawBytes<Result, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var elements = mutableSpan
        var bytes = unsafe elements.mutableBytes
        return try body(&bytes)
    }
}
