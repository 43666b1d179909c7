/// Bytes at rest. Nothing that takes a `BlockDevice` can write.
package protocol BlockDevice: Sendable {
    /// How messages name it, usually its path.
    var name: String { get }
    /// Its size in bytes.
    var byteCount: UInt64 { get }
    /// Fills `buffer` with the bytes from `offset` on, or throws; a short read is an error.
    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError)
    /// Tells that these bytes will be read soon, so that they can be fetched meanwhile. Does not wait for them,
    /// and does nothing where there is nothing to fetch.
    func willRead(_ range: Range<UInt64>)
}

extension BlockDevice {
    package func willRead(_ range: Range<UInt64>) {}

    /// The `count` bytes from `offset` on.
    package func read(at offset: UInt64, count: Int) throws(DeviceError) -> [UInt8] {
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        var bytes = [UInt8](repeating: 0, count: count)
        var span = bytes.mutableSpan
        var raw = unsafe span.mutableBytes
        try read(at: offset, into: &raw)
        return bytes
    }
}
