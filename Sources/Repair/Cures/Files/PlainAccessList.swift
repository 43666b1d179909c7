import Bytes

/// An access control list that says no more than a mode does.
///
/// Mirrors `acl_trivial_access_masks` and `zfs_acl_chmod` (`module/os/linux/zfs/zfs_acl.c`).
enum PlainAccessList {
    private static let (read, write, append, execute): (UInt32, UInt32, UInt32, UInt32) =
        (0x1, 0x2, 0x4, 0x20)
    /// `ACE_DELETE_CHILD`.
    private static let deleteChild: UInt32 = 0x40
    /// What everybody may: read the list, the attributes and the named ones, and synchronize.
    private static let basic: UInt32 = 0x2_0000 | 0x80 | 0x8 | 0x10_0000
    /// What the owner may besides: write attributes, the named ones, the list and the owner.
    private static let owning: UInt32 = 0x100 | 0x10 | 0x4_0000 | 0x8_0000

    /// Entries that take exactly `count` bytes; nil where there is no room for those that are needed.
    ///
    /// Room that is left is filled by repeating the last entry, which changes nothing.
    static func bytes(
        mode: UInt64, isDirectory: Bool, count: Int, _ order: ByteOrder
    ) -> [UInt8]? {
        func mask(_ bits: UInt64) -> UInt32 {
            (bits & 4 != 0 ? read : 0)
                | (bits & 2 != 0 ? write | append | (isDirectory ? deleteChild : 0) : 0)
                | (bits & 1 != 0 ? execute : 0)
        }
        let (user, group, other) = (mode >> 6 & 7, mode >> 3 & 7, mode & 7)
        let (owner, owningGroup, everyone): (UInt16, UInt16, UInt16) = (0x1000, 0x2040, 0x4000)
        var entries: [(type: UInt16, who: UInt16, mask: UInt32)] = []
        let first = mask(user & ~group & other)
        if first != 0 { entries.append((0, owner, first)) }
        let denied = mask(~user & (group | other) & 7)
        if denied != 0 { entries.append((1, owner, denied)) }
        let deniedGroup = mask(~group & other & 7)
        if deniedGroup != 0 { entries.append((1, owningGroup, deniedGroup)) }
        entries.append((0, owner, basic | owning | mask(user)))
        entries.append((0, owningGroup, basic | mask(group)))
        let last = (type: UInt16(0), who: everyone, mask: basic | mask(other))
        entries.append(last)
        guard count % 8 == 0, count / 8 >= entries.count else { return nil }
        while entries.count < count / 8 { entries.append(last) }
        return entries.flatMap { entry in
            let word =
                UInt64(entry.type) | UInt64(entry.who) << 16 | UInt64(entry.mask) << 32
            let little = (UInt64(0)..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
            guard order == .big else { return little }
            return little[0..<2].reversed() + little[2..<4].reversed() + little[4..<8].reversed()
        }
    }
}
