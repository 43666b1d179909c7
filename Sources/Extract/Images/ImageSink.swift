package import Devices

/// What pieces of devices are copied to: an image file, or a raw file for each device.
package protocol ImageSink: AnyObject {
    /// Puts bytes of the device with that place in the header's list; they come in order, without those that are zero.
    func write(_ bytes: [UInt8], device: Int, at offset: UInt64) throws(DeviceError)
    /// Completes what was written; nothing is promised before.
    func finish() throws(DeviceError)
}
