/// A device did not give the bytes that were asked for.
package struct DeviceError: Error, Hashable {
    /// The device's path, as the user or the scan named it.
    package let device: String
    /// Where the read began, in bytes from the start of the device.
    package let offset: UInt64
    /// How many bytes were asked for.
    package let count: Int
    package let reason: Reason

    package enum Reason: Hashable, Sendable {
        /// The system call failed with this `errno`.
        case system(Int32)
        /// The device ends before the range does; `available` is its size in bytes.
        case pastEnd(available: UInt64)
        /// The file gave fewer bytes than its size promises.
        case shortRead(Int)
        /// Nothing came within the time allowed (`--io-timeout`).
        case timedOut(seconds: Double)
        /// An earlier read of this device never came back, so it is not asked again.
        case hung
        /// A file or folder that is written to could not be `action` (created, written), for this `errno`.
        case refused(action: String, Int32)
        /// The path can't be used as a device; a half sentence that follows "it".
        case unsuitable(String)
    }

    package init(device: String, offset: UInt64 = 0, count: Int = 0, _ reason: Reason) {
        self.device = device
        self.offset = offset
        self.count = count
        self.reason = reason
    }
}
