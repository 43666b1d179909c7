/// Bytes that stand in for those of a device.
package struct Patch: Sendable, Hashable {
    /// In bytes from the start of the device.
    package let offset: UInt64
    package let bytes: [UInt8]

    package init(at offset: UInt64, _ bytes: [UInt8]) {
        self.offset = offset
        self.bytes = bytes
    }

    /// The bytes of the device that it stands for; the patch must end below 2^64.
    package var range: Range<UInt64> { offset..<offset + UInt64(bytes.count) }
}
