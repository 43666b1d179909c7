package import Bytes

extension AttributeValues {
    /// The type of the file and its permissions, as stat(2) has them.
    package var mode: UInt64? { word(.mode) }
    /// The length of the file in bytes; of a directory, how many entries it has.
    package var size: UInt64? { word(.size) }
    /// The txg in which the object was created.
    package var generation: UInt64? { word(.generation) }
    /// The owner: a user number, or a domain index and number where that is more than 32 bits.
    package var user: UInt64? { word(.user) }
    package var group: UInt64? { word(.group) }
    /// The object number of the directory that holds it; of an attribute, the file's.
    package var parent: UInt64? { word(.parent) }
    /// `z_pflags`: ZFS's own flags, such as read-only or immutable.
    package var flags: UInt64? { word(.flags) }
    package var links: UInt64? { word(.links) }
    /// The object of the directory of extended attributes; 0 for none.
    package var extendedAttributes: UInt64? { word(.extendedAttributes) }
    /// The device number of a device node.
    package var device: UInt64? { word(.device) }
    package var project: UInt64? { word(.project) }
    /// How many entries the access control list has.
    package var aclCount: UInt64? { word(.aclCount) }
    /// The entries of the access control list, in the order of `order(of: .aclEntries)`.
    package var aclEntries: [UInt8]? { bytes(.aclEntries) }
    /// The access control list of an old znode, `zfs_acl_phys_t`.
    package var znodeACL: [UInt8]? { bytes(.znodeACL) }
    /// The target of a symbolic link.
    package var symbolicLink: [UInt8]? { bytes(.symbolicLink) }
    /// Extended attributes as a packed nvlist.
    package var packedExtendedAttributes: [UInt8]? { bytes(.packedExtendedAttributes) }
    /// The stamp of a virus scanner.
    package var scanStamp: [UInt8]? { bytes(.scanStamp) }

    package var accessTime: AttributeTime? { time(.accessTime) }
    package var modificationTime: AttributeTime? { time(.modificationTime) }
    package var changeTime: AttributeTime? { time(.changeTime) }
    package var creationTime: AttributeTime? { time(.creationTime) }

    /// The order of an attribute's integers, nil where the object has none.
    package func order(of name: AttributeName) -> ByteOrder? { place(name)?.order }

    private func time(_ name: AttributeName) -> AttributeTime? {
        guard let seconds = word(name, 0), let nanoseconds = word(name, 1) else { return nil }
        return AttributeTime(
            seconds: Int64(bitPattern: seconds), nanoseconds: Int64(bitPattern: nanoseconds))
    }
}
