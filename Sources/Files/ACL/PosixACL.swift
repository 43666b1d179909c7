package import Bytes

/// A POSIX ACL, as Linux keeps it in an extended attribute.
///
/// The value is little-endian on every host: a version, then entries of 8 bytes. Mirrors
/// `posix_acl_xattr_header` (`include/uapi/linux/posix_acl_xattr.h` of the Linux kernel).
package struct PosixACL: Sendable, Hashable {
    /// The names of the attributes that hold one.
    package static let accessName = "system.posix_acl_access"
    package static let defaultName = "system.posix_acl_default"

    package let entries: [Entry]

    package struct Entry: Sendable, Hashable {
        /// 1 owner, 2 user, 4 owning group, 8 group, 16 mask, 32 others.
        package let tag: UInt16
        /// 4 read, 2 write, 1 execute.
        package let permissions: UInt16
        package let identity: UInt32
    }

    package init(_ bytes: RawSpan) throws(FormatError) {
        let version: UInt32 = try Field("a_version", at: 0).read(bytes, .little)
        guard version == 2 else { throw FormatError("a_version", .badValue(UInt64(version))) }
        guard (bytes.byteCount - 4) % 8 == 0 else {
            throw FormatError(
                "a_entries", .invalid("take \(bytes.byteCount - 4) bytes, not a multiple of 8"))
        }
        var entries: [Entry] = []
        for offset in stride(from: 4, to: bytes.byteCount, by: 8) {
            entries.append(
                Entry(
                    tag: try Field("e_tag", at: offset).read(bytes, .little),
                    permissions: try Field("e_perm", at: offset + 2).read(bytes, .little),
                    identity: try Field("e_id", at: offset + 4).read(bytes, .little)))
        }
        self.entries = entries
    }
}

extension PosixACL.Entry: CustomStringConvertible {
    /// The form of getfacl(1): `user:1001:rwx`.
    package var description: String {
        let bits = [(4, "r"), (2, "w"), (1, "x")].map { permissions & $0.0 != 0 ? $0.1 : "-" }
        let mask = bits.joined()
        return switch tag {
        case 1: "user::\(mask)"
        case 2: "user:\(identity):\(mask)"
        case 4: "group::\(mask)"
        case 8: "group:\(identity):\(mask)"
        case 16: "mask::\(mask)"
        case 32: "other::\(mask)"
        default: "tag\(tag):\(identity):\(mask)"
        }
    }
}
