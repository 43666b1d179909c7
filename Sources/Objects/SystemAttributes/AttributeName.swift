/// The attributes of files that OpenZFS knows, by the names under which they are registered.
///
/// What number stands for which is each file system's own matter. Mirrors `zfs_attr_table`
/// (`module/zfs/zfs_sa.c`), whose order this keeps.
package enum AttributeName: Int, Sendable, Hashable, CaseIterable {
    case accessTime
    case modificationTime
    case changeTime
    case creationTime
    case generation
    case mode
    case size
    case parent
    case links
    case extendedAttributes
    case device
    case flags
    case user
    case group
    case padding
    case znodeACL
    case aclCount
    case symbolicLink
    case scanStamp
    case aclEntries
    case packedExtendedAttributes
    case project
    case sequence

    /// The attribute registered under that name.
    package init?(registered name: String) {
        guard let place = Self.names.firstIndex(of: name) else { return nil }
        self.init(rawValue: place)
    }

    /// The name under which it is registered.
    package var registeredName: String { Self.names[rawValue] }

    /// Bytes that it takes; 0 where that varies from file to file.
    package var length: UInt16 {
        switch self {
        case .accessTime, .modificationTime, .changeTime, .creationTime: 16
        case .padding, .scanStamp: 32
        case .znodeACL: 88
        case .symbolicLink, .aclEntries, .packedExtendedAttributes: 0
        default: 8
        }
    }

    private static let names = [
        "ZPL_ATIME", "ZPL_MTIME", "ZPL_CTIME", "ZPL_CRTIME", "ZPL_GEN", "ZPL_MODE", "ZPL_SIZE",
        "ZPL_PARENT", "ZPL_LINKS", "ZPL_XATTR", "ZPL_RDEV", "ZPL_FLAGS", "ZPL_UID", "ZPL_GID",
        "ZPL_PAD", "ZPL_ZNODE_ACL", "ZPL_DACL_COUNT", "ZPL_SYMLINK", "ZPL_SCANSTAMP",
        "ZPL_DACL_ACES", "ZPL_DXATTR", "ZPL_PROJID", "ZPL_SEQ",
    ]

    /// Those that an old znode holds, in its order, one after the other (`sa_legacy_attrs`).
    static let legacy = Array(allCases.prefix { $0 != .aclCount })
}
