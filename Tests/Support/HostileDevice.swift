import Bytes
package import Devices
import Synchronization

/// A device that misbehaves as real ones do.
package final class HostileDevice: BlockDevice {
    /// What it does to those who read it.
    package enum Behaviour: Sendable, Hashable {
        /// Every read fails with `EIO`.
        case failing
        /// The n-th read (from 0) fails with `EIO`, the others are good.
        case failingOnce(Int)
        /// It gives fewer bytes than asked for.
        case short
        /// It looks smaller than it is.
        case truncated(to: UInt64)
        /// All zeros, labels too.
        case zeroed
        /// Wrong bytes in the data area with no error told; the labels are good.
        case lying
        /// The second read of anything gives other bytes than the first.
        case changing
    }

    package let name: String
    package let byteCount: UInt64
    private let base: any BlockDevice
    private let behaviour: Behaviour
    private let reads = Atomic<Int>(0)

    package init(_ base: any BlockDevice, _ behaviour: Behaviour) {
        self.base = base
        self.behaviour = behaviour
        name = base.name
        if case .truncated(let end) = behaviour {
            byteCount = min(end, base.byteCount)
        } else {
            byteCount = base.byteCount
        }
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let number = reads.wrappingAdd(1, ordering: .relaxed).oldValue
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        let inputOutputError: Int32 = 5
        switch behaviour {
        case .failing:
            throw DeviceError(device: name, offset: offset, count: count, .system(inputOutputError))
        case .failingOnce(let nth) where nth == number:
            throw DeviceError(device: name, offset: offset, count: count, .system(inputOutputError))
        case .short:
            throw DeviceError(device: name, offset: offset, count: count, .shortRead(count / 2))
        case .zeroed:
            buffer.fill(with: 0)
        case .lying:
            try base.read(at: offset, into: &buffer)
            if isData(offset) { spoil(&buffer, with: 0x5a) }
        case .changing:
            try base.read(at: offset, into: &buffer)
            spoil(&buffer, with: UInt8(truncatingIfNeeded: number))
        case .failingOnce, .truncated:
            try base.read(at: offset, into: &buffer)
        }
    }

    /// Whether `offset` lies between the labels: the first 4 MiB (two labels and the boot area) and the
    /// last 512 KiB (two labels) are not data (`VDEV_LABEL_START_SIZE`, `VDEV_LABEL_END_SIZE`).
    private func isData(_ offset: UInt64) -> Bool {
        offset >= 4 << 20 && byteCount >= 512 << 10 && offset < byteCount - (512 << 10)
    }

    /// Changes one byte in each sector.
    private func spoil(_ buffer: inout MutableRawSpan, with mask: UInt8) {
        for offset in stride(from: 0, to: buffer.byteCount, by: 512) {
            let byte: UInt8 = (try? buffer.bytes.integer(at: offset, .little)) ?? 0
            buffer.storeBytes(of: byte ^ mask, toByteOffset: offset, as: UInt8.self)
        }
    }
}
