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
}
