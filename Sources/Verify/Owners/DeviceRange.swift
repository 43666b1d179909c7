package import Bytes

/// A run of bytes of one device, as a kernel's error message or a disk's own log names it.
package struct DeviceRange: Sendable, Hashable {
    /// The leaf vdev that the device is.
    package let leaf: GUID
    /// In bytes from the start of the device or partition, labels included.
    package let bytes: Range<UInt64>

    package init(leaf: GUID, bytes: Range<UInt64>) {
        self.leaf = leaf
        self.bytes = bytes
    }
}
