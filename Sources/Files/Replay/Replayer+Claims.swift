import Objects

/// What a record of a creation takes for granted.
extension Replayer {
    /// Whether the object of a new file can be made (`dnode_try_claim`, `module/zfs/dnode.c`), and is of the kind that the record
    /// is for (`zfs_log_create`, `module/zfs/zfs_log.c`).
    func claim(_ body: LoggedCreation, _ type: LogRecordType) throws(Refusal) {
        let number = body.object
        let room = UInt64(max(1, base.objectSet.dnodesPerBlock))
        guard number != 0, number % room + UInt64(body.slots) <= room else {
            throw Refusal(why: "there is no room for an object \(number) of \(body.slots) slots")
        }
        guard !isTaken(number) else { throw Refusal(why: "object \(number) exists") }
        let kind = FileKind(mode: body.mode)
        guard body.mode >> 16 == 0, Self.makes(kind, type) else {
            throw Refusal(why: "its mode is \(String(body.mode, radix: 8))")
        }
        guard type != .makeAttributeDirectory || body.name.bytes.isEmpty else {
            throw Refusal(why: "a directory of attributes has the name \(body.name)")
        }
    }

    private static func makes(_ kind: FileKind, _ type: LogRecordType) -> Bool {
        switch type {
        case .symlink: kind == .symlink
        case .create, .createWithACL, .createWithAttributes, .createWithACLAndAttributes:
            kind != .directory && kind != .symlink && kind != .unknown
        default: kind == .directory
        }
    }

    /// Whether a file has that number and keeps it. Attributes go away with their file, and files that have no name any more
    /// before the log is replayed.
    private func isTaken(_ number: UInt64) -> Bool {
        guard let file = try? attributes(number), !file.flags.contains(.isExtendedAttribute) else {
            return false
        }
        return file.links >= (file.kind == .directory ? 2 : 1)
    }
}
