import Glibc

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

    /// Sixteen 64-bit integers in a row, as many as a block pointer has, proved with one check to be there.
    @inlinable
    package func sixteenWords(
        at offset: Int, _ order: ByteOrder
    ) throws(OutOfBounds) -> [16 of UInt64] {
        let size = MemoryLayout<[16 of UInt64]>.size
        guard offset >= 0, byteCount >= size, offset <= byteCount - size else {
            throw OutOfBounds(offset: offset, count: size, available: byteCount)
        }
        // Sound: the guard proves offset ..< offset + size lies inside the span, and any bytes are integers.
        var words = unsafe unsafeLoadUnaligned(
            fromUncheckedByteOffset: offset, as: [16 of UInt64].self)
        if order != .little || UInt64(littleEndian: 1) != 1 {
            for index in words.indices { words[index] = order.native(words[index]) }
        }
        return words
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
    ///
    /// Memory equals itself moved by eight bytes exactly where its first eight bytes repeat to the end, and
    /// comparing memory is what the C library does fastest.
    package var isAllZero: Bool {
        let count = byteCount
        return unsafe withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, count > 8 else {
                return unsafe bytes.allSatisfy { $0 == 0 }
            }
            // Sound: both ranges of count - 8 bytes lie inside the span, which has more than 8.
            return unsafe base.loadUnaligned(as: UInt64.self) == 0
                && memcmp(base, base + 8, count - 8) == 0
        }
    }

    /// Whether both hold the same bytes.
    package func equals(_ other: RawSpan) -> Bool {
        guard byteCount == other.byteCount else { return false }
        return unsafe withUnsafeBytes { left in
            unsafe other.withUnsafeBytes { right in
                guard let first = left.baseAddress, let second = right.baseAddress
                else { return true }
                // Sound: both spans have this many bytes.
                return unsafe memcmp(first, second, left.count) == 0
            }
        }
    }
}

extension Array where Element: FixedWidthInteger & BitwiseCopyable {
    /// The array's bytes. An integer has no padding, so this view is always initialized memory.
    @inlinable package var rawBytes: RawSpan {
        @_lifetime(borrow self) get { unsafe span.bytes }
    }

    /// Runs `body` on the array's bytes; any bytes are a valid integer, so nothing written can break it.
    @inlinable
    package mutating func withMutableRawBytes<Result, Failure: Error>(
        _ body: (inout MutableRawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var elements = mutableSpan
        var bytes = unsafe elements.mutableBytes
        return try body(&bytes)
    }
}
