extension MutableRawSpan {
    /// The `count` bytes starting at `offset`, for writing.
    @_lifetime(&self)
    package mutating func part(
        at offset: Int, count: Int
    ) throws(OutOfBounds) -> MutableRawSpan {
        guard offset >= 0, count >= 0, byteCount >= count, offset <= byteCount - count else {
            throw OutOfBounds(offset: offset, count: count, available: byteCount)
        }
        return _mutatingExtracting(offset..<offset + count)
    }

    /// The first `count` bytes, for writing, or all where there are fewer.
    @_lifetime(&self)
    package mutating func start(_ count: Int) -> MutableRawSpan {
        _mutatingExtracting(0..<Swift.max(0, Swift.min(count, byteCount)))
    }

    /// Copies `source` to `offset`.
    package mutating func copy(_ source: RawSpan, to offset: Int) throws(OutOfBounds) {
        let count = source.byteCount
        guard offset >= 0, byteCount >= count, offset <= byteCount - count else {
            throw OutOfBounds(offset: offset, count: count, available: byteCount)
        }
        guard count > 0 else { return }
        unsafe withUnsafeMutableBytes { target in
            unsafe source.withUnsafeBytes { bytes in
                // Sound: the guard proves that all of the source fits behind `offset`.
                unsafe target[offset..<offset + count].copyBytes(from: bytes)
            }
        }
    }
}
