package import Bytes
package import Devices

/// A disk or a file at the bottom of the tree, present or not.
package struct Leaf: Sendable {
    /// Where allocatable space begins on each device: two labels and the boot area
    /// (`VDEV_LABEL_START_SIZE`).
    static let dataStart: UInt64 = 4 << 20

    /// Its place in `VdevTree.leaves`.
    package let index: Int
    package let guid: GUID
    /// How messages name it.
    package let name: String
    /// Nothing where the device was not found.
    package let device: (any BlockDevice)?

    /// Reads from `offset` bytes after the start of the device.
    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(VdevError) {
        guard let device else { throw .missing(name) }
        do {
            try device.read(at: offset, into: &buffer)
        } catch {
            throw .device(error)
        }
    }

    func location(at offset: UInt64, count: Int, role: DeviceLocation.Role) -> DeviceLocation {
        DeviceLocation(
            guid: guid, device: name, offset: offset, byteCount: UInt64(count),
            role: role)
    }
}
