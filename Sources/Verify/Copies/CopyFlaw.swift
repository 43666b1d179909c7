package import Devices
package import Vdevs

/// A run of bytes on a device that is not what the block to which it belongs proves.
package struct CopyFlaw: Sendable, Hashable {
    /// The address in the block's pointer, or in that of a piece of it, that leads there.
    package let address: DVA
    package let run: CopyRun
    package let cause: Cause

    package enum Cause: Sendable, Hashable {
        /// Other bytes stand there.
        case differs
        /// The device gives none.
        case unreadable(DeviceError)
    }
}
