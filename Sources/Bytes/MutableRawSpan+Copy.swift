extension MutableRawSpan {
    /// Copies all of `source` to the bytes from `offset` on, which must lie inside this span.
    package mutating func copy(_ source: RawSpan, to offset: Int) {
        precondition(
            offset >= 0 && offset <= byteCount && source.byteCount <= byteCount - offset,
            "a copy past the end of its target")
        unsafe withUnsafeMutableBytes { target in
            // Sound: the precondition proves that the copy ends inside the target.
            let place = unsafe UnsafeMutableRawBufferPointer(rebasing: target[offset...])
            unsafe source.withUnsafeBytes { unsafe place.copyMemory(from: $0) }
        }
    }
}
