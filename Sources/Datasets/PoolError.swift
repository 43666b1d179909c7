package import Devices
package import Objects

/// A pool, or a part of it, can't be opened or read.
package enum PoolError: Error, Sendable {
    case device(DeviceError)
    case object(ObjectError)
    /// Nothing at that place is a pool; one sentence says what was found instead.
    case notAPool(String)
}
