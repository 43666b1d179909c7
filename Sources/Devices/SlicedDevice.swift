/// A part of a device as a device of its own.
package struct SlicedDevice: BlockDevice {
    package let name: String
    package let byteCount: UInt64
    /// What it is a part of.
    package let base: any BlockDevice
    /// Where it begins, in bytes from the start of `base`.
    package let start: UInt64

    /// The bytes `range` of `base`; throws where they do not lie inside it.
    package init(
        _ base: any BlockDevice, _ range: Range<UInt64>, name: String
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

    package func willRead(_ range: Range<UInt64>) {
        let inside = range.clamped(to: 0..<byteCount)
        base.willRead(start + inside.lowerBound..<start + inside.upperBound)
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        do throws(DeviceError) {
            // No overflow: both lie inside the base, whose size is a UInt64.
            try base.read(at: start + offset, into: &buffer)
        } catch {
            throw DeviceError(device: name, offset: offset, count: count, error.reason)
        }
    }
}
