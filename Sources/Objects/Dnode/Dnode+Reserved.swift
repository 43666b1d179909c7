package import Bytes
import Vdevs

extension Dnode {
    /// The first field that is always zero, and in which a bit is set; nil where there is none.
    ///
    /// Flags that no version knows count as such a field.
    package var usedReserve: AnyField? {
        if flags.rawValue & ~Flags.known.rawValue != 0 { return AnyField(Layout.flags) }
        return [Layout.padding2, Layout.padding3].first { field in
            let range = offset + field.range.lowerBound..<offset + field.range.upperBound
            return block[range].contains { $0 != 0 }
        }
    }

    /// How many pointers a dnode of one slot with this bonus is made with; nil for larger ones, which depend on who made
    /// them (`dnode_allocate`, `module/zfs/dnode.c`).
    package var madePointerCount: UInt8? {
        guard extraSlots == 0 else { return nil }
        if bonusType == .systemAttributes { return 1 }
        let room = Self.slotSize - Layout.tailOffset - BlockPointer.byteCount
        guard Int(bonusLength) <= room else { return nil }
        let more = (room - Int(bonusLength)) / BlockPointer.byteCount
        return UInt8(truncatingIfNeeded: min(3, 1 + more))
    }
}

extension Dnode.Flags {
    static let known: Self = [
        .usedBytes, .userUsedAccounted, .spillPointer, .userObjectUsedAccounted,
    ]
    /// Set by the accounting of users and groups alone, which the pool's own object set does not have.
    package static let accounting: Self = [.userUsedAccounted, .userObjectUsedAccounted]
}
