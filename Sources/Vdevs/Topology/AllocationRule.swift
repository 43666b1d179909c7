/// How many bytes a block takes on a top-level vdev, as plain numbers.
///
/// For whoever asks once for each block of a pool: to ask a layout counts references, which all threads share. A vdev
/// has one where the answer depends on nothing but the block's size.
package enum AllocationRule: Sendable, Hashable {
    /// A device or a mirror: whole sectors (`vdev_default_psize_to_asize`, `module/zfs/vdev.c`).
    case plain(shift: UInt8)
    /// Parity for each row, and sectors filled up so that no hole is too small for any block
    /// (`vdev_raidz_psize_to_asize`, `module/zfs/vdev_raidz.c`).
    case raidz(shift: UInt8, parity: UInt8, data: UInt8)
    /// Whole rows (`vdev_draid_psize_to_asize`, `module/zfs/vdev_draid.c`).
    case draid(shift: UInt8, parity: UInt8, data: UInt8)

    /// The most stored bytes that are reckoned with; no block has nearly as many.
    private static let longest: UInt64 = 1 << 40

    /// What `count` stored bytes take; nil where no block is of that size.
    package func allocatedSize(of count: UInt64) -> UInt64? {
        guard count > 0, count <= Self.longest else { return nil }
        switch self {
        case .plain(let shift):
            return Self.sectors(count, shift) << UInt64(shift)
        case .raidz(let shift, let parity, let data):
            let stored = Self.sectors(count, shift)
            let parity = UInt64(parity)
            let total = stored + parity * Self.quotient(stored, UInt64(data))
            return Self.quotient(total, parity + 1) * (parity + 1) << UInt64(shift)
        case .draid(let shift, let parity, let data):
            let rows = Self.quotient(Self.sectors(count, shift), UInt64(data))
            return rows * (UInt64(parity) + UInt64(data)) << UInt64(shift)
        }
    }

    private static func sectors(_ count: UInt64, _ shift: UInt8) -> UInt64 {
        (count - 1) >> UInt64(shift) + 1
    }

    /// Rounded up; a vdev always has columns for data.
    private static func quotient(_ number: UInt64, _ divisor: UInt64) -> UInt64 {
        (number + divisor - 1) / max(1, divisor)
    }
}
