/// What an intent log record did. Values this version does not know are kept.
///
/// Mirrors the `TX_*` numbers of `include/sys/zil.h`.
package struct LogRecordType: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A marker that never reaches the disk.
    package static let commit = Self(rawValue: 0)
    package static let create = Self(rawValue: 1)
    package static let makeDirectory = Self(rawValue: 2)
    package static let makeAttributeDirectory = Self(rawValue: 3)
    package static let symlink = Self(rawValue: 4)
    package static let remove = Self(rawValue: 5)
    package static let removeDirectory = Self(rawValue: 6)
    package static let link = Self(rawValue: 7)
    package static let rename = Self(rawValue: 8)
    package static let write = Self(rawValue: 9)
    package static let truncate = Self(rawValue: 10)
    package static let setAttributes = Self(rawValue: 11)
    package static let setOldACL = Self(rawValue: 12)
    package static let setACL = Self(rawValue: 13)
    package static let createWithACL = Self(rawValue: 14)
    package static let createWithAttributes = Self(rawValue: 15)
    package static let createWithACLAndAttributes = Self(rawValue: 16)
    package static let makeDirectoryWithACL = Self(rawValue: 17)
    package static let makeDirectoryWithAttributes = Self(rawValue: 18)
    package static let makeDirectoryWithACLAndAttributes = Self(rawValue: 19)
    /// A write whose data went into the file's tree already.
    package static let write2 = Self(rawValue: 20)
    package static let setExtendedAttribute = Self(rawValue: 21)
    package static let renameExchange = Self(rawValue: 22)
    package static let renameWhiteout = Self(rawValue: 23)
    package static let cloneRange = Self(rawValue: 24)

    private static let names = [
        "TX_COMMIT", "TX_CREATE", "TX_MKDIR", "TX_MKXATTR", "TX_SYMLINK", "TX_REMOVE", "TX_RMDIR",
        "TX_LINK", "TX_RENAME", "TX_WRITE", "TX_TRUNCATE", "TX_SETATTR", "TX_ACL_V0", "TX_ACL",
        "TX_CREATE_ACL", "TX_CREATE_ATTR", "TX_CREATE_ACL_ATTR", "TX_MKDIR_ACL", "TX_MKDIR_ATTR",
        "TX_MKDIR_ACL_ATTR", "TX_WRITE2", "TX_SETSAXATTR", "TX_RENAME_EXCHANGE",
        "TX_RENAME_WHITEOUT", "TX_CLONE_RANGE",
    ]

    package var isKnown: Bool { rawValue > 0 && rawValue < UInt64(Self.names.count) }
    /// The record holds an ACL.
    package var hasACL: Bool {
        switch self {
        case .createWithACL, .createWithACLAndAttributes, .makeDirectoryWithACL,
            .makeDirectoryWithACLAndAttributes:
            true
        default: false
        }
    }
    /// A creation that also holds the optional attributes.
    package var hasAttributes: Bool {
        switch self {
        case .createWithAttributes, .createWithACLAndAttributes, .makeDirectoryWithAttributes,
            .makeDirectoryWithACLAndAttributes:
            true
        default: false
        }
    }
}

extension LogRecordType: CustomStringConvertible {
    /// The name in ZFS's sources, by which zdb calls it too.
    package var description: String {
        rawValue < UInt64(Self.names.count)
            ? Self.names[Int(truncatingIfNeeded: rawValue)] : "record type \(rawValue)"
    }
}
