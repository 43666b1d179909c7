import Bytes

/// A part of a target as a target of its own: a partition of an image.
package struct TargetSlice: WritableTarget {
    package let name: String
    package let byteCount: UInt64
    private let base: any WritableTarget
    /// Where it begins, in bytes from the start of `base`.
    private let start: UInt64

    /// The bytes `range` of `base`; throws where they do not lie inside it.
    package init(
        _ base: any WritableTarget, _ range: Range<UInt64>, name: String
    ) throws(DeviceError) {
        guard range.upperBound <= base.byteCount else {
            throw DeviceError(
                device: name, offset: range.lowerBound, count: Int(clamping: range.count),
                .pastEnd(available: base.byteCount))
        }
        self.name = name
        self.base = base
        start = range.lowerBound
        byteCount = range.upperBound - range.lowerBound
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        try base.read(at: try place(offset, count: buffer.byteCount), into: &buffer)
    }

    package func write(_ bytes: RawSpan, at offset: UInt64) throws(DeviceError) {
        try base.write(bytes, at: try place(offset, count: bytes.byteCount))
    }

    package func flush() throws(DeviceError) { try base.flush() }

    private func place(_ offset: UInt64, count: Int) throws(DeviceError) -> UInt64 {
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        // No overflow: both lie inside the base, whose size is a UInt64.
        return start + offset
    }
}
