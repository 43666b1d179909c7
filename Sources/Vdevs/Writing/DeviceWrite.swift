package import Bytes
package import Devices

/// Bytes to be written to one device.
package struct DeviceWrite: Sendable, Hashable {
    /// The leaf's GUID.
    package let device: GUID
    /// Where, in bytes from the start of the device or partition, labels included, and what.
    package let patch: Patch

    package init(_ device: GUID, at offset: UInt64, _ bytes: [UInt8]) {
        self.device = device
        patch = Patch(at: offset, bytes)
    }
}
