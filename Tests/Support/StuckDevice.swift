package import Devices

/// A device whose reads come back only when the test lets them.
package final class StuckDevice: BlockDevice {
    package let name = "stuck"
    package let byteCount: UInt64 = 1 << 20
    private let state = Monitor(State())

    private struct State {
        var isOpen = false
        var reads = 0
    }

    package init() {}

    /// Lets all reads come back, those that wait and those to come.
    package func release() { state.update { $0.isOpen = true } }

    /// How many reads ever reached the device.
    package var reads: Int { state.wait { $0.reads } }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        state.update { $0.reads += 1 }
        state.wait { $0.isOpen ? () : nil }
        buffer.fill(with: 0xee)
    }
}
