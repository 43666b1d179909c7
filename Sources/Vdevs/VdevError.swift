package import Devices

/// A vdev could not give the bytes at an address.
package enum VdevError: Error, Hashable, Sendable {
    /// The device below failed.
    case device(DeviceError)
    /// The device is not there; the text names it as the configuration does.
    case missing(String)
    /// The address names a top-level vdev that the pool does not have.
    case noSuchVdev(UInt32)
    /// The address reaches past the end of its vdev; sizes in bytes.
    case pastEnd(vdev: UInt32, offset: UInt64, count: Int, available: UInt64)
    /// More devices of the group are missing or wrong than its redundancy covers.
    case unrecoverable(vdev: UInt32, offset: UInt64, causes: [VdevError])
    /// A removed vdev's mapping does not cover the address.
    case unmapped(vdev: UInt32, offset: UInt64)
    /// The configuration of the vdev can't be right; a half sentence that follows "the vdev".
    case geometry(vdev: UInt32, String)
}
