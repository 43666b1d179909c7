import Bytes
import Datasets
import Files
import Objects
import Vdevs

/// The check of the table that a file system begins with.
struct MasterNodeAudit {
    private let audit: FilesystemAudit
    private let filesystem: Filesystem

    init(_ audit: FilesystemAudit) {
        self.audit = audit
        filesystem = audit.filesystem
    }

    /// What the entries that name objects must lead to. Quotas are tables by identity.
    private static let objects: [(name: String, type: ObjectType)] = [
        ("ROOT", .directory), ("DELETE_QUEUE", .deleteQueue), ("SA_ATTRS", .saMasterNode),
        ("FUID", .fuidTable), ("SHARES", .directory), ("userquota@", .userGroupQuota),
        ("groupquota@", .userGroupQuota), ("projectquota@", .userGroupQuota),
        ("userobjquota@", .userGroupQuota), ("groupobjquota@", .userGroupQuota),
        ("projectobjquota@", .userGroupQuota),
    ]

    func run() {
        let entries = filesystem.masterEntries
        for (name, type) in Self.objects {
            guard let number = entries[name] else {
                if Self.isNeeded(name, version: filesystem.version) {
                    report(name, nil, "it is missing")
                }
                continue
            }
            // Files of the first versions have no attributes and no domains, said by 0.
            guard number != 0 || name == "ROOT" || name == "DELETE_QUEUE" else { continue }
            check(name, number, type)
        }
        if !(1...5).contains(filesystem.version) {
            report("VERSION", filesystem.version, "versions 1 to 5 exist")
        }
        if let word = entries["casesensitivity"], CaseSensitivity(rawValue: word) == nil {
            report("casesensitivity", word, "0 to 2 exist")
        }
        if let word = entries["utf8only"], word > 1 { report("utf8only", word, "0 and 1 exist") }
        let forms: [Normalization] = [.none, .formD, .formKD, .formC, .formKC]
        if let word = entries["normalization"], !forms.contains(Normalization(rawValue: word)) {
            report("normalization", word, "no Unicode form has that number")
        }
    }

    /// Whether every file system of that version has the entry (`zfs_create_fs`).
    private static func isNeeded(_ name: String, version: UInt64) -> Bool {
        switch name {
        case "ROOT", "DELETE_QUEUE": true
        case "SA_ATTRS": version >= 5
        default: false
        }
    }

    private func check(_ name: String, _ number: UInt64, _ type: ObjectType) {
        do throws(ObjectError) {
            let object = try audit.set.object(number)
            guard object.type != type else { return }
            report(name, number, "it is an object of type \(object.type), not \(type)")
        } catch {
            guard !error.isUnreadableBlock else { return }
            report(name, number, "\(error)")
        }
    }

    private func report(_ name: String, _ value: UInt64?, _ why: String) {
        audit.report(
            .masterNode, Filesystem.masterNode, key: name,
            ["found": value.map(Record.Value.number) ?? .none, "cause": .text(why)])
    }
}
