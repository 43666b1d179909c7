package import Bytes

/// The attributes of a file as file systems up to version 4 keep them: one structure in the bonus.
///
/// What follows it in the bonus is a short symlink's target or a virus scanner's stamp. Mirrors
/// `znode_phys_t` (`include/sys/zfs_sa.h`).
package struct Znode: Sendable, Hashable {
    package let accessTime: FileTime
    package let modificationTime: FileTime
    package let changeTime: FileTime
    package let creationTime: FileTime
    package let generation: UInt64
    package let mode: UInt64
    package let size: UInt64
    package let parent: UInt64
    package let links: UInt64
    package let attributeDirectory: UInt64
    package let device: UInt64
    package let flags: UInt64
    package let user: UInt64
    package let group: UInt64
    /// The ACL with its entries as stored, 88 bytes.
    package let acl: [UInt8]
    package let order: ByteOrder

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        accessTime = try Self.time(Layout.accessTime, bytes, order)
        modificationTime = try Self.time(Layout.modificationTime, bytes, order)
        changeTime = try Self.time(Layout.changeTime, bytes, order)
        creationTime = try Self.time(Layout.creationTime, bytes, order)
        generation = try Layout.generation.read(bytes, order)
        mode = try Layout.mode.read(bytes, order)
        size = try Layout.size.read(bytes, order)
        parent = try Layout.parent.read(bytes, order)
        links = try Layout.links.read(bytes, order)
        attributeDirectory = try Layout.attributeDirectory.read(bytes, order)
        device = try Layout.device.read(bytes, order)
        flags = try Layout.flags.read(bytes, order)
        user = try Layout.user.read(bytes, order)
        group = try Layout.group.read(bytes, order)
        do {
            acl = try bytes.slice(
                at: Layout.acl.range.lowerBound, count: Layout.acl.range.count
            ).array
        } catch {
            throw FormatError(Layout.acl.name, .outOfBounds(error))
        }
        self.order = order
    }

    private static func time(
        _ field: AnyField, _ bytes: RawSpan, _ order: ByteOrder
    ) throws(FormatError) -> FileTime {
        try FileTime(field.name, bytes, at: field.range.lowerBound, order)
    }
}
