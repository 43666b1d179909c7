package import Bytes

/// A file, directory or symlink was made.
///
/// After the fixed part come, each where the type says so: optional attributes, ACL entries, the FUIDs
/// in them, domain names, the name, and a symlink's target. Mirrors `lr_create_t` and
/// `lr_acl_create_t` (`include/sys/zil.h`), `zfs_log_create` (`module/zfs/zfs_log.c`).
package struct LoggedCreation: LogRecordBody {
    /// The directory's object number.
    package let directory: UInt64
    /// The new object's number.
    package let object: UInt64
    /// 512-byte slots that its dnode takes.
    package let slots: Int
    package let mode: UInt64
    /// A number, or a FUID of the log's own where the upper half is set.
    package let user: UInt64
    package let group: UInt64
    package let generation: UInt64
    package let creationTime: FileTime
    package let device: UInt64
    package let attributes: LoggedOptionalAttributes?
    package let acl: LoggedACL.Contents?
    /// The domains to which the upper halves of user, group and FUIDs refer, counted from 1.
    package let domains: [String]
    /// Empty for an extended attribute directory.
    package let name: FileName
    /// Where a symlink leads.
    package let target: FileName?

    package init(
        _ bytes: RawSpan, _ order: ByteOrder, _ type: LogRecordType
    ) throws(FormatError) {
        directory = try Layout.directory.read(bytes, order)
        let word = try Layout.object.read(bytes, order)
        object = Layout.objectNumber.read(word)
        slots = Int(truncatingIfNeeded: Layout.slots.read(word)) + 1
        mode = try Layout.mode.read(bytes, order)
        user = try Layout.user.read(bytes, order)
        group = try Layout.group.read(bytes, order)
        generation = try Layout.generation.read(bytes, order)
        creationTime = try FileTime(
            Layout.creationTime.name, bytes, at: Layout.creationTime.range.lowerBound, order)
        device = try Layout.device.read(bytes, order)
        var offset = type.hasACL ? Layout.byteCountWithACL : Layout.byteCount
        attributes =
            type.hasAttributes
            ? try LoggedOptionalAttributes(bytes, at: &offset, order) : nil
        var domainCount = Self.domainCount(user, group)
        if type.hasACL {
            let contents = try LoggedACL.Contents(
                bytes, counts: Layout.aclCount.offset, at: &offset, order)
            domainCount = contents.domainCount
            acl = contents
        } else {
            acl = nil
        }
        domains = try LoggedACL.domains(bytes, domainCount, at: &offset)
        let hasName = type != .makeAttributeDirectory || offset < bytes.byteCount
        name = FileName(hasName ? try bytes.takeString("name", at: &offset) : [])
        target = type == .symlink ? FileName(try bytes.takeString("link", at: &offset)) : nil
    }

    /// How many domains the owner's FUIDs name (`zfs_replay_domain_cnt`).
    private static func domainCount(_ user: UInt64, _ group: UInt64) -> UInt64 {
        let (first, second) = (user >> 32, group >> 32)
        return (first != 0 ? 1 : 0) + (second != 0 && second != first ? 1 : 0)
    }

    package var record: Record {
        var record = Record([
            "directory": .number(directory), "object": .number(object),
            "slots": .number(UInt64(slots)), "name": .text(name.description),
        ])
        if let target { record.add("target", .text(target.description)) }
        record.add("mode", .text(String(mode, radix: 8)))
        record.add("user", .number(user))
        record.add("group", .number(group))
        record.add("generation", .number(generation))
        record.add("creation_time", creationTime.value)
        record.add("device", .word(device))
        if let attributes { record.add("attributes", .record(attributes.record)) }
        if let acl { record.add("acl", .record(acl.record)) }
        if !domains.isEmpty { record.add("domains", .list(domains.map { .text($0) })) }
        return record
    }
}
