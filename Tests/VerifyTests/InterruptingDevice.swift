import Bytes
import Devices
import Synchronization

/// A device whose reader presses Ctrl-C after so many reads.
final class InterruptingDevice: BlockDevice {
    private let base: any BlockDevice
    private let interruption: Interruption
    private let left: Atomic<Int>

    init(_ base: any BlockDevice, _ interruption: Interruption, afterReads reads: Int) {
        self.base = base
        self.interruption = interruption
        left = Atomic(reads)
    }

    var name: String { base.name }
    var byteCount: UInt64 { base.byteCount }

    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        if left.wrappingSubtract(1, ordering: .relaxed).newValue <= 0 { interruption.request() }
        try base.read(at: offset, into: &buffer)
    }
}
