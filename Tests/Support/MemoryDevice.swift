package import Devices

/// A device made of pieces of memory at given offsets; all between them is zero.
///
/// Stands in for a disk of any size without one.
package struct MemoryDevice: BlockDevice {
    package let name: String
    package let byteCount: UInt64
    private let pieces: [(offset: UInt64, bytes: [UInt8])]

    /// A device of `byteCount` bytes with each of `pieces` at its offset. Where pieces overlap, the one
    /// that begins later on the device wins.
    package init(name: String = "memory", byteCount: UInt64, pieces: [UInt64: [UInt8]] = [:]) {
        self.name = name
        self.byteCount = byteCount
        self.pieces = pieces.sorted { $0.key < $1.key }.map { (offset: $0.key, bytes: $0.value) }
    }

    /// A device that holds just these bytes.
    package init(name: String = "memory", _ bytes: [UInt8]) {
        self.init(name: name, byteCount: UInt64(bytes.count), pieces: [0: bytes])
    }

    package func read(at offset: UInt64, into buffer: inout MutableRawSpan) throws(DeviceError) {
        let count = buffer.byteCount
        guard offset <= byteCount, UInt64(count) <= byteCount - offset else {
            throw DeviceError(
                device: name, offset: offset, count: count, .pastEnd(available: byteCount))
        }
        buffer.fill(with: 0)
        let wanted = offset..<offset + UInt64(count)
        for piece in pieces {
            let held = piece.offset..<piece.offset + UInt64(piece.bytes.count)
            let shared = held.clamped(to: wanted)
            guard !shared.isEmpty else { continue }
            let from = Int(shared.lowerBound - piece.offset)
            buffer.store(
                piece.bytes[from..<from + shared.count], at: Int(shared.lowerBound - offset))
        }
    }
}
