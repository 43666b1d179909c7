package import Bytes

/// A run of bytes on one device and what part of a block it holds.
package struct DeviceLocation: Sendable, Hashable {
    /// The leaf's GUID and the name by which messages know it.
    package let guid: GUID
    package let device: String
    /// Bytes from the start of the device or partition, labels included.
    package let offset: UInt64
    package let byteCount: UInt64
    package let role: Role

    package enum Role: Sendable, Hashable {
        /// The block's own bytes, from `blockOffset` on.
        case data(blockOffset: UInt64)
        /// The same with its place in the stripe; columns count from 0 and parity comes first.
        case dataColumn(Int, blockOffset: UInt64)
        /// Parity number 0 (P), 1 (Q) or 2 (R).
        case parity(Int)
    }

    package init(guid: GUID, device: String, offset: UInt64, byteCount: UInt64, role: Role) {
        self.guid = guid
        self.device = device
        self.offset = offset
        self.byteCount = byteCount
        self.role = role
    }
}

extension DeviceLocation {
    /// The same place as part of a longer block that begins `distance` bytes earlier.
    func shifted(inBlockBy distance: UInt64) -> DeviceLocation {
        let role: Role =
            switch role {
            case .data(let start): .data(blockOffset: start &+ distance)
            case .dataColumn(let column, let start):
                .dataColumn(column, blockOffset: start &+ distance)
            case .parity: role
            }
        return DeviceLocation(
            guid: guid, device: device, offset: offset, byteCount: byteCount, role: role)
    }
}

extension DeviceLocation.Role: CustomStringConvertible {
    package var description: String {
        switch self {
        case .data: "data"
        case .dataColumn(let column, _): "data column \(column)"
        case .parity(0): "parity P"
        case .parity(1): "parity Q"
        case .parity(2): "parity R"
        case .parity(let number): "parity \(number)"
        }
    }
}

extension DeviceLocation: CustomStringConvertible {
    /// `data at 0x400000 + 0x1000 of disk0`.
    package var description: String {
        "\(role) at 0x\(String(offset, radix: 16)) + 0x\(String(byteCount, radix: 16)) of \(device)"
    }
}
