import Objects

/// The numbers that a file system's registry gave to the attributes of files.
///
/// They are looked up once, since a listing reads them for each of many files. The names are those of
/// `zfs_attr_table` (`module/zfs/zfs_sa.c`).
struct AttributeNumbers: Sendable {
    let accessTime, modificationTime, changeTime, creationTime: UInt16?
    let generation, mode, size, parent, links, attributeDirectory, device, flags: UInt16?
    let user, group, project, changeSequence: UInt16?
    let symlinkTarget, extendedAttributes, scanStamp: UInt16?
    let storedACL, aclCount, aclEntries: UInt16?

    init(_ table: SystemAttributes) {
        func number(_ name: String) -> UInt16? { table.definition(name)?.number }
        accessTime = number("ZPL_ATIME")
        modificationTime = number("ZPL_MTIME")
        changeTime = number("ZPL_CTIME")
        creationTime = number("ZPL_CRTIME")
        generation = number("ZPL_GEN")
        mode = number("ZPL_MODE")
        size = number("ZPL_SIZE")
        parent = number("ZPL_PARENT")
        links = number("ZPL_LINKS")
        attributeDirectory = number("ZPL_XATTR")
        device = number("ZPL_RDEV")
        flags = number("ZPL_FLAGS")
        user = number("ZPL_UID")
        group = number("ZPL_GID")
        project = number("ZPL_PROJID")
        changeSequence = number("ZPL_SEQ")
        symlinkTarget = number("ZPL_SYMLINK")
        extendedAttributes = number("ZPL_DXATTR")
        scanStamp = number("ZPL_SCANSTAMP")
        storedACL = number("ZPL_ZNODE_ACL")
        aclCount = number("ZPL_DACL_COUNT")
        aclEntries = number("ZPL_DACL_ACES")
    }
}
