package import Bytes

extension Znode {
    /// Where each field of `znode_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 264

        package static let accessTime = AnyField("zp_atime", 0..<16)
        package static let modificationTime = AnyField("zp_mtime", 16..<32)
        package static let changeTime = AnyField("zp_ctime", 32..<48)
        package static let creationTime = AnyField("zp_crtime", 48..<64)
        package static let generation = Field<UInt64>("zp_gen", at: 64)
        package static let mode = Field<UInt64>("zp_mode", at: 72)
        package static let size = Field<UInt64>("zp_size", at: 80)
        package static let parent = Field<UInt64>("zp_parent", at: 88)
        package static let links = Field<UInt64>("zp_links", at: 96)
        package static let attributeDirectory = Field<UInt64>("zp_xattr", at: 104)
        package static let device = Field<UInt64>("zp_rdev", at: 112)
        package static let flags = Field<UInt64>("zp_flags", at: 120)
        package static let user = Field<UInt64>("zp_uid", at: 128)
        package static let group = Field<UInt64>("zp_gid", at: 136)
        package static let zap = Field<UInt64>("zp_zap", at: 144)
        package static let padding = AnyField("zp_pad", 152..<176)
        package static let acl = AnyField("zp_acl", 176..<264)

        package static let fields = [
            accessTime, modificationTime, changeTime, creationTime, AnyField(generation),
            AnyField(mode), AnyField(size), AnyField(parent), AnyField(links),
            AnyField(attributeDirectory), AnyField(device), AnyField(flags), AnyField(user),
            AnyField(group), AnyField(zap), padding, acl,
        ]
    }
}
