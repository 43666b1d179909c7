/// The flags of a file, beyond its mode.
///
/// Mirrors `z_pflags`, the `ZFS_*` bits of `include/sys/zfs_znode.h`.
package struct FileFlags: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// It is an extended attribute, or the directory of some.
    package static let isExtendedAttribute = FileFlags(rawValue: 0x1)
    package static let hasInheritableEntries = FileFlags(rawValue: 0x2)
    /// The ACL says no more than the mode.
    package static let hasTrivialACL = FileFlags(rawValue: 0x4)
    package static let hasObjectEntries = FileFlags(rawValue: 0x8)
    package static let aclProtected = FileFlags(rawValue: 0x10)
    package static let aclDefaulted = FileFlags(rawValue: 0x20)
    package static let aclAutoInherit = FileFlags(rawValue: 0x40)
    /// A virus scanner's stamp follows the znode in the bonus.
    package static let hasScanStamp = FileFlags(rawValue: 0x80)
    package static let noExecutionDenied = FileFlags(rawValue: 0x100)
    package static let readOnly = FileFlags(rawValue: 0x1_0000_0000)
    package static let hidden = FileFlags(rawValue: 0x2_0000_0000)
    package static let system = FileFlags(rawValue: 0x4_0000_0000)
    package static let archive = FileFlags(rawValue: 0x8_0000_0000)
    package static let immutable = FileFlags(rawValue: 0x10_0000_0000)
    package static let noUnlink = FileFlags(rawValue: 0x20_0000_0000)
    package static let appendOnly = FileFlags(rawValue: 0x40_0000_0000)
    package static let noDump = FileFlags(rawValue: 0x80_0000_0000)
    package static let opaque = FileFlags(rawValue: 0x100_0000_0000)
    package static let quarantined = FileFlags(rawValue: 0x200_0000_0000)
    package static let virusScanNeeded = FileFlags(rawValue: 0x400_0000_0000)
    package static let reparse = FileFlags(rawValue: 0x800_0000_0000)
    package static let offline = FileFlags(rawValue: 0x1000_0000_0000)
    package static let sparse = FileFlags(rawValue: 0x2000_0000_0000)
    package static let inheritsProject = FileFlags(rawValue: 0x4000_0000_0000)
    /// The file has a project's number.
    package static let hasProject = FileFlags(rawValue: 0x8000_0000_0000)

    private static let names: [(FileFlags, String)] = [
        (.isExtendedAttribute, "xattr"), (.hasInheritableEntries, "inherit_ace"),
        (.hasTrivialACL, "acl_trivial"), (.hasObjectEntries, "acl_obj_ace"),
        (.aclProtected, "acl_protected"), (.aclDefaulted, "acl_defaulted"),
        (.aclAutoInherit, "acl_auto_inherit"), (.hasScanStamp, "bonus_scanstamp"),
        (.noExecutionDenied, "no_execs_denied"), (.readOnly, "readonly"), (.hidden, "hidden"),
        (.system, "system"), (.archive, "archive"), (.immutable, "immutable"),
        (.noUnlink, "nounlink"), (.appendOnly, "appendonly"), (.noDump, "nodump"),
        (.opaque, "opaque"), (.quarantined, "av_quarantined"),
        (.virusScanNeeded, "av_modified"), (.reparse, "reparse"), (.offline, "offline"),
        (.sparse, "sparse"), (.inheritsProject, "projinherit"), (.hasProject, "projid"),
    ]
}

extension FileFlags: CustomStringConvertible {
    /// ZFS's own names in lower case, joined by commas; unknown bits in hexadecimal.
    package var description: String {
        var words = Self.names.filter { contains($0.0) }.map(\.1)
        let known = Self.names.reduce(UInt64(0)) { $0 | $1.0.rawValue }
        if rawValue & ~known != 0 { words.append("0x" + String(rawValue & ~known, radix: 16)) }
        return words.joined(separator: ",")
    }
}
