package import Bytes

/// What a file system knows of a file beside its contents, whichever way it is stored.
///
/// Version 5 keeps attributes in a list that a table describes, earlier ones in one structure. An
/// attribute that is missing or can't be read is zero here and named in `problems`, so that a damaged file
/// can still be copied out.
package struct ObjectAttributes: Sendable {
    /// The object's number.
    package let object: UInt64
    package internal(set) var accessTime = FileTime(seconds: 0, nanoseconds: 0)
    package internal(set) var modificationTime = FileTime(seconds: 0, nanoseconds: 0)
    package internal(set) var changeTime = FileTime(seconds: 0, nanoseconds: 0)
    package internal(set) var creationTime = FileTime(seconds: 0, nanoseconds: 0)
    /// The transaction group in which the file was made, which tells it from an earlier object of its
    /// number.
    package internal(set) var generation: UInt64 = 0
    /// Kind and permissions, as `st_mode`.
    package internal(set) var mode: UInt64 = 0
    /// Bytes of a file; of a directory the number of entries and two.
    package internal(set) var size: UInt64 = 0
    /// The directory that a name of it was last put in.
    package internal(set) var parent: UInt64 = 0
    package internal(set) var links: UInt64 = 0
    /// The directory of extended attributes; 0 for none.
    package internal(set) var attributeDirectory: UInt64 = 0
    package internal(set) var device = DeviceNumber(rawValue: 0)
    package internal(set) var flags = FileFlags()
    package internal(set) var user = FUID(rawValue: 0)
    package internal(set) var group = FUID(rawValue: 0)
    /// Nil where the file has none, which counts as project 0.
    package internal(set) var project: UInt64?
    /// `ZPL_SEQ`, which newer versions count changes with.
    package internal(set) var changeSequence: UInt64?
    /// A symlink's target where it is stored as an attribute; else it follows the znode or is in block 0.
    package internal(set) var symlinkTarget: [UInt8]?
    /// Extended attributes that are stored as a system attribute: a packed nvlist.
    package internal(set) var extendedAttributes: [UInt8]?
    package internal(set) var scanStamp: [UInt8]?
    package internal(set) var acl: ACLPlace = .none
    package internal(set) var form: Form = .none
    /// What could not be read, and why.
    package internal(set) var problems: [FormatError] = []

    /// Where the ACL is.
    package enum ACLPlace: Sendable, Hashable {
        case none
        /// In the structure of early versions.
        case stored(StoredACL)
        /// As a log set it.
        case logged(AccessList)
        /// As attributes of its own.
        case entries([UInt8], count: UInt64, ByteOrder)
    }

    /// How the attributes are stored.
    package enum Form: Sendable, Hashable {
        /// The bonus holds neither form.
        case none
        case znode
        case systemAttributes
    }

    init(object: UInt64) { self.object = object }

    package var kind: FileKind { FileKind(mode: mode) }

    /// Permissions with the bits for set-user-ID, set-group-ID and sticky, without the kind.
    package var permissions: UInt16 { UInt16(truncatingIfNeeded: mode & 0o7777) }
}
