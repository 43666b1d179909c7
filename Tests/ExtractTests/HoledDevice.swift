import Bytes
import Devices

/// A device of which some bytes can't be read.
struct HoledDevice: BlockDevice {
    private let base: any BlockDevice
    private let hole: Range<UInt64>

    init(_ base: any BlockDevice, hole: Range<UInt64>) {
        self.base = base
        self.hole = hole
    }

    var name: String { base.name }
    var byteCount: UInt64 { base.byteCount }

    func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard !hole.overlaps(offset..<offset + UInt64(count)) else {
            throw DeviceError(device: name, offset: offset, count: count, .system(5))
        }
        try base.read(at: offset, into: &buffer)
    }
}
