package import Devices

/// A vdev could not give the bytes at an address.
package indirect enum VdevError: Error, Hashable, Sendable {
    /// The device below failed.
    case device(DeviceError)
    /// The device is not there; the text names it as the configuration does.
    case missing(String)
    /// The device gave bytes that do not match the checksum; the offset counts from its start.
    case rejected(device: String, offset: UInt64, count: Int)
    /// No side of a mirror did, one cause for each.
    case noSide([VdevError])
    /// The address names a top-level vdev that the pool does not have.
    case noSuchVdev(UInt32)
    /// The address reaches past the end of its vdev; sizes in bytes.
    case pastEnd(vdev: UInt32, offset: UInt64, count: Int, available: UInt64)
    /// No block takes so many bytes on that vdev.
    case unsuitableSize(vdev: UInt32, size: UInt64)
    /// The address does not begin with a sector of the vdev.
    case misaligned(vdev: UInt32, offset: UInt64)
    /// The address is so large that no number can hold where it lies.
    case overflow(vdev: UInt32, offset: UInt64)
    /// More devices of the group are missing or wrong than its redundancy covers.
    case unrecoverable(vdev: UInt32, offset: UInt64, causes: [VdevError])
    /// The parity was tried on so many combinations of columns, and none gave the bytes of the checksum.
    case noCombination(tried: Int, gaveUp: Bool)
    /// A removed vdev's mapping does not cover the address.
    case unmapped(vdev: UInt32, offset: UInt64)
    /// A removed vdev's mapping has not been read yet, or could not be.
    case noMapping(vdev: UInt32)
    /// Vdevs refer to each other without end.
    case circle(vdev: UInt32)
    /// The configuration of the vdev can't be right; a half sentence that follows "the vdev".
    case geometry(vdev: UInt32, String)
}

extension VdevError {
    /// Whether some device gave bytes, though not those of the checksum.
    package var isMismatch: Bool {
        switch self {
        case .rejected, .noCombination: true
        case .noSide(let causes), .unrecoverable(_, _, let causes):
            causes.contains(where: \.isMismatch)
        default: false
        }
    }
}

extension VdevError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .device(let error): "\(error)"
        case .missing(let name): "\(name) is missing"
        case .rejected(let device, let offset, let count):
            "\(count) bytes at offset 0x\(String(offset, radix: 16)) of \(device) don't match the checksum"
        case .noSide(let causes): Self.joined(causes)
        case .noSuchVdev(let vdev): "the pool has no top-level vdev \(vdev)"
        case .pastEnd(let vdev, let offset, let count, let available):
            "\(count) bytes at offset 0x\(String(offset, radix: 16)) reach past the end of vdev \(vdev), "
                + "which has \(available)"
        case .unsuitableSize(let vdev, let size):
            "no block takes 0x\(String(size, radix: 16)) bytes on vdev \(vdev)"
        case .misaligned(let vdev, let offset):
            "offset 0x\(String(offset, radix: 16)) of vdev \(vdev) is not the start of a sector"
        case .overflow(let vdev, let offset):
            "offset 0x\(String(offset, radix: 16)) lies beyond anything vdev \(vdev) can hold"
        case .unrecoverable(let vdev, let offset, let causes):
            "vdev \(vdev) can't reconstruct offset 0x\(String(offset, radix: 16)): "
                + Self.joined(causes)
        case .noCombination(let tried, let gaveUp):
            "no column can be blamed: \(tried) combinations were tried"
                + (gaveUp ? ", and more would take too long" : "")
        case .unmapped(let vdev, let offset):
            "offset 0x\(String(offset, radix: 16)) of the removed vdev \(vdev) is mapped nowhere"
        case .noMapping(let vdev): "the mapping of the removed vdev \(vdev) was not read"
        case .circle(let vdev): "vdev \(vdev) leads back to itself"
        case .geometry(let vdev, let what): "vdev \(vdev) \(what)"
        }
    }

    private static func joined(_ causes: [VdevError]) -> String {
        causes.isEmpty ? "no device" : causes.map(\.description).joined(separator: "; ")
    }
}
