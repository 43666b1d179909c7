/// The attributes of files that OpenZFS knows, by the names under which they are registered.
///
/// What number stands for which is each file system's own matter. Mirrors `zfs_attr_table`
/// (`module/zfs/zfs_sa.c`), whose order this keeps.
package enum AttributeName: String, Sendable, Hashable, CaseIterable {
    case accessTime = "ZPL_ATIME"
    case modificationTime = "ZPL_MTIME"
    case changeTime = "ZPL_CTIME"
    case creationTime = "ZPL_CRTIME"
    case generation = "ZPL_GEN"
    case mode = "ZPL_MODE"
    case size = "ZPL_SIZE"
    case parent = "ZPL_PARENT"
    case links = "ZPL_LINKS"
    case extendedAttributes = "ZPL_XATTR"
    case device = "ZPL_RDEV"
    case flags = "ZPL_FLAGS"
    case user = "ZPL_UID"
    case group = "ZPL_GID"
    case padding = "ZPL_PAD"
    case znodeACL = "ZPL_ZNODE_ACL"
    case aclCount = "ZPL_DACL_COUNT"
    case symbolicLink = "ZPL_SYMLINK"
    case scanStamp = "ZPL_SCANSTAMP"
    case aclEntries = "ZPL_DACL_ACES"
    case packedExtendedAttributes = "ZPL_DXATTR"
    case project = "ZPL_PROJID"
    case sequence = "ZPL_SEQ"

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

    /// Its place in the table, which is also the number that most file systems gave it.
    var index: Int { Self.indices[self] ?? 0 }

    private static let indices = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($0.element, $0.offset) })

    /// Those that an old znode holds, in its order, one after the other (`sa_legacy_attrs`).
    static let legacy = allCases.prefix { $0 != .aclCount }
}
