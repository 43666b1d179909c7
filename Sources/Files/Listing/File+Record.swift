package import Bytes
import Objects

extension File {
    /// What a listing tells of a file.
    package var summary: Record {
        var record = Record([
            "object": .number(number), "kind": .text("\(kind)"),
            "mode": .text(modeDigits), "links": .number(attributes.links),
            "user": .text(owner), "group": .text(owningGroup),
            "size": .bytes(attributes.size), "allocated": .bytes(allocatedBytes),
            "accessed": attributes.accessTime.value,
            "modified": attributes.modificationTime.value,
            "changed": attributes.changeTime.value, "created": attributes.creationTime.value,
        ])
        if kind.isDevice { record.add("device", .text("\(attributes.device)")) }
        if kind == .symlink {
            do throws(FilesError) {
                record.add("target", .text(FileName(try symlinkTarget()).description))
            } catch {
                record.add("target_damage", .text("\(error)"))
            }
        }
        return record
    }

    /// The number of the owner, or the SID where it is one of a domain.
    package var owner: String { filesystem.domains.text(attributes.user) }
    /// The same of the group.
    package var owningGroup: String { filesystem.domains.text(attributes.group) }

    /// The mode as `stat` prints it: the kind and the permissions in octal digits.
    package var modeDigits: String { "0" + String(attributes.mode, radix: 8) }

    /// What the file takes on disk, its dnode included, in bytes.
    package var allocatedBytes: UInt64 {
        let (bytes, overflow) = sectors.multipliedReportingOverflow(by: 512)
        return overflow ? .max : bytes
    }

    /// The mode as `ls -l` shows it: `drwxr-sr-t`.
    package var modeText: String {
        let mode = attributes.mode
        func letters(_ shift: UInt64, _ special: Bool, _ set: Character, _ unset: Character)
            -> [Character]
        {
            let bits = mode >> shift
            let executes = bits & 1 != 0
            return [
                bits & 4 != 0 ? "r" : "-", bits & 2 != 0 ? "w" : "-",
                special ? (executes ? set : unset) : executes ? "x" : "-",
            ]
        }
        return String(
            [kind.letter] + letters(6, mode & 0o4000 != 0, "s", "S")
                + letters(3, mode & 0o2000 != 0, "s", "S")
                + letters(0, mode & 0o1000 != 0, "t", "T"))
    }

    /// Whether the ACL says more than the mode does.
    package var hasFurtherACL: Bool {
        attributes.form != .none && !attributes.flags.contains(.hasTrivialACL)
    }
}
