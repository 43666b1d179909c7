/// A run of bytes on one device that belongs to a block, and what it is to the block.
package struct CopyRun: Sendable, Hashable {
    /// Which device, an index of `VdevTree.leaves`.
    package let leaf: Int
    /// Bytes from the start of the device or partition, labels included.
    package let offset: UInt64
    package let byteCount: Int
    package let role: Role
    /// The device was away when the block was written, so that whatever stands there is no damage.
    package let isBehind: Bool
    /// A read of the block that met with no incident took its bytes from here.
    package let isReadFirst: Bool

    package enum Role: Sendable, Hashable {
        /// A whole copy of the block, or of a piece of it, on a single device or a side of a mirror.
        case copy
        /// Data in a column of a RAID-Z or dRAID; columns count from 0 and parity comes first.
        case dataColumn(Int)
        /// Parity number 0 (P), 1 (Q) or 2 (R).
        case parity(Int)
        /// Sectors of a dRAID's row that hold nothing and are written as zeros.
        case filler
    }
}

extension CopyRun.Role: CustomStringConvertible {
    package var description: String {
        switch self {
        case .copy: "copy"
        case .dataColumn(let column): "data column \(column)"
        case .parity(0): "parity P"
        case .parity(1): "parity Q"
        case .parity(2): "parity R"
        case .parity(let number): "parity \(number)"
        case .filler: "empty sectors"
        }
    }
}
