import Bytes

/// One entry of an NFSv4 ACL: who may or may not do what.
///
/// Mirrors `zfs_ace_t`, `zfs_ace_hdr_t`, `zfs_object_ace_t` and `zfs_oldace_t`
/// (`include/sys/zfs_acl.h`).
package struct AccessEntry: Sendable, Hashable {
    /// 0 allows, 1 denies, 2 audits, 3 raises an alarm; 5 to 8 are the same for one kind of object.
    package let type: UInt16
    package let flags: Flags
    package let permissions: Permissions
    /// Who it is about, unless the flags say so.
    package let who: FUID
    /// The two GUIDs of an object entry, as stored.
    package let objectTypes: [UInt8]

    package struct Flags: OptionSet, Sendable, Hashable {
        package let rawValue: UInt16
        package init(rawValue: UInt16) { self.rawValue = rawValue }

        package static let fileInherit = Flags(rawValue: 0x1)
        package static let directoryInherit = Flags(rawValue: 0x2)
        package static let noPropagate = Flags(rawValue: 0x4)
        package static let inheritOnly = Flags(rawValue: 0x8)
        package static let successful = Flags(rawValue: 0x10)
        package static let failed = Flags(rawValue: 0x20)
        package static let identifierGroup = Flags(rawValue: 0x40)
        package static let inherited = Flags(rawValue: 0x80)
        package static let owner = Flags(rawValue: 0x1000)
        package static let group = Flags(rawValue: 0x2000)
        package static let everyone = Flags(rawValue: 0x4000)
        /// Those that say who an entry is about (`ACE_TYPE_FLAGS`).
        static let subject: Flags = [.owner, .group, .everyone, .identifierGroup]
    }

    package struct Permissions: OptionSet, Sendable, Hashable {
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// The bits in the order in which `chmod` of illumos shows them, with their letters.
        static let letters: [(bit: UInt32, letter: Character)] = [
            (0x1, "r"), (0x2, "w"), (0x20, "x"), (0x4, "p"), (0x1_0000, "d"), (0x40, "D"),
            (0x80, "a"), (0x100, "A"), (0x8, "R"), (0x10, "W"), (0x2_0000, "c"),
            (0x4_0000, "C"), (0x8_0000, "o"), (0x10_0000, "s"),
        ]
    }

    /// Whether the entry is about the owner, the owning group or everyone, and so names nobody.
    package var isAbstract: Bool { Self.isAbstract(flags) }
    /// Whether it is about one kind of object, as only Windows makes them.
    package var isObjectEntry: Bool { (5...8).contains(type) }

    /// Bytes that it takes in the second form: 8, 16 or 48.
    package var byteCount: Int { isObjectEntry ? 48 : isAbstract ? 8 : 16 }

    static func isAbstract(_ flags: Flags) -> Bool {
        let subject = flags.intersection(.subject)
        return subject == .owner || subject == .everyone || subject == [.group, .identifierGroup]
    }
}

extension AccessEntry {
    /// Decodes an entry of the first form, 12 bytes, at `offset`, which moves past it.
    init(old bytes: RawSpan, at offset: inout Int, _ order: ByteOrder) throws(FormatError) {
        let who: UInt32 = try Field("a_who", at: offset).read(bytes, order)
        permissions = Permissions(
            rawValue: try Field("a_access_mask", at: offset + 4).read(bytes, order))
        flags = Flags(rawValue: try Field("a_flags", at: offset + 8).read(bytes, order))
        type = try Field("a_type", at: offset + 10).read(bytes, order)
        self.who = FUID(rawValue: UInt64(who))
        objectTypes = []
        offset += 12
    }

    /// Decodes an entry of the second form, 8, 16 or 48 bytes, at `offset`, which moves past it.
    init(_ bytes: RawSpan, at offset: inout Int, _ order: ByteOrder) throws(FormatError) {
        type = try Field("z_type", at: offset).read(bytes, order)
        flags = Flags(rawValue: try Field("z_flags", at: offset + 2).read(bytes, order))
        permissions = Permissions(
            rawValue: try Field("z_access_mask", at: offset + 4).read(bytes, order))
        let isObject = (5...8).contains(type)
        guard isObject || !Self.isAbstract(flags) else {
            who = FUID(rawValue: 0)
            objectTypes = []
            offset += 8
            return
        }
        who = FUID(rawValue: try Field("z_fuid", at: offset + 8).read(bytes, order))
        guard isObject else {
            objectTypes = []
            offset += 16
            return
        }
        do {
            objectTypes = try bytes.slice(at: offset + 16, count: 32).array
        } catch {
            throw FormatError("z_object_type", .outOfBounds(error))
        }
        offset += 48
    }
}

extension AccessEntry: CustomStringConvertible {
    /// The compact form of illumos: `owner@:rw-p--aARWcCos:-------:allow`.
    package var description: String { text(.empty) }

    /// The same, with the SIDs of those who belong to a domain of the file system's table.
    package func text(_ domains: FUIDTable) -> String {
        let subject = flags.intersection(.subject)
        let who: String =
            switch subject {
            case .owner: "owner@"
            case [.group, .identifierGroup]: "group@"
            case .everyone: "everyone@"
            case .identifierGroup: "group:\(domains.text(self.who))"
            default: "user:\(domains.text(self.who))"
            }
        let kind =
            type < 4
            ? ["allow", "deny", "audit", "alarm"][Int(type)] : "type\(type)"
        let mask = Permissions.letters.map { permissions.rawValue & $0.bit != 0 ? $0.letter : "-" }
        let inheritance: [(Flags, Character)] = [
            (.fileInherit, "f"), (.directoryInherit, "d"), (.inheritOnly, "i"),
            (.noPropagate, "n"), (.successful, "S"), (.failed, "F"), (.inherited, "I"),
        ]
        let shown = inheritance.map { flags.contains($0.0) ? $0.1 : "-" }
        return "\(who):\(String(mask)):\(String(shown)):\(kind)"
    }
}
