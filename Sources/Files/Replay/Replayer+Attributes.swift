import Bytes

/// Records that change what is known of files beside their bytes.
extension Replayer {
    mutating func set(_ body: LoggedAttributes, _ record: LogRecord) throws(Refusal) {
        var file = try attributes(body.object)
        let mask = body.mask
        if mask.contains(.mode) {
            file.mode = file.mode & 0o170000 | body.mode & 0o7777
            // The kernel makes the ACL follow the mode; a trivial one says no more than that.
            if file.flags.contains(.hasTrivialACL) {
                file.acl = .none
            } else {
                approximate(
                    record, "the ACL of object \(body.object) is shown as before the change of mode"
                )
            }
        }
        if mask.contains(.user) { file.user = fuid(body.user, []) }
        if mask.contains(.group) { file.group = fuid(body.group, []) }
        if mask.contains(.size) {
            resize(&file, to: body.size)
            file.modificationTime = body.modificationTime
        }
        if mask.contains(.accessTime) { file.accessTime = body.accessTime }
        if mask.contains(.modificationTime) { file.modificationTime = body.modificationTime }
        if let optional = body.optional { apply(optional, to: &file) }
        changes.files[body.object] = file
    }

    mutating func set(_ body: LoggedACL, _ record: LogRecord) throws(Refusal) {
        var file = try attributes(body.object)
        file.acl = .logged(Self.list(body.contents))
        file.flags.remove(.hasTrivialACL)
        changes.files[body.object] = file
        approximate(
            record, "the mode of object \(body.object) is shown as before the change of its ACL")
    }

    mutating func set(_ body: LoggedExtendedAttribute) throws(Refusal) {
        _ = try attributes(body.object)
        changes.extendedAttributes[body.object, default: [:]][body.name] = .some(body.value)
    }

    /// Sets those flags that were asked for (`zfs_replay_xvattr`).
    func apply(_ optional: LoggedOptionalAttributes, to file: inout ObjectAttributes) {
        let requested = UInt64(optional.bitmap[0])
        for (bit, flag) in Self.optionalFlags where requested & bit != 0 {
            if optional.flags & bit != 0 {
                file.flags.insert(flag)
            } else {
                file.flags.remove(flag)
            }
        }
        if requested & 0x1 != 0 { file.creationTime = optional.creationTime }
        if optional.hasProjectID {
            file.project = optional.projectID
            file.flags.insert(.hasProject)
        } else if requested & 0x1000 != 0 {
            file.scanStamp = optional.scanStamp
        }
    }

    /// The `XAT0_*` bits of `include/sys/xvattr.h` with the flags of a znode.
    private static let optionalFlags: [(bit: UInt64, flag: FileFlags)] = [
        (0x2, .archive), (0x4, .system), (0x8, .readOnly), (0x10, .hidden), (0x20, .noUnlink),
        (0x40, .immutable), (0x80, .appendOnly), (0x100, .noDump), (0x200, .opaque),
        (0x400, .quarantined), (0x800, .virusScanNeeded), (0x2000, .reparse), (0x8000, .offline),
        (0x10000, .sparse), (0x20000, .inheritsProject),
    ]

    /// The identity that a record means: its upper half counts the domains of the record from 1
    /// (`zfs_fuid_create` with `z_fuid_replay`).
    func fuid(_ word: UInt64, _ domains: [String]) -> FUID {
        let number = word >> 32
        guard number > 0, number <= UInt64(domains.count),
            let index = base.domains.index(of: domains[Int(number - 1)])
        else { return FUID(rawValue: word) }
        return FUID(rawValue: index << 32 | word & 0xffff_ffff)
    }

    /// The entries of a logged ACL, which all have the first form unless they are of objects.
    static func list(_ contents: LoggedACL.Contents) -> AccessList {
        AccessList(contents.entries.rawBytes, count: contents.count, isOld: true, .little)
    }
}
