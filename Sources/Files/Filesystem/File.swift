import Bytes
package import Objects

/// One file of a file system, of whatever kind: its attributes and the way to its contents.
package struct File: Sendable {
    /// Longer than any target that a kernel accepts (`MAXPATHLEN` is 4096), with room to spare.
    private static let targetLimit: UInt64 = 1 << 16

    package let object: DMUObject
    package let attributes: ObjectAttributes
    let filesystem: Filesystem

    package init(
        _ object: DMUObject, _ attributes: ObjectAttributes, in filesystem: Filesystem
    ) {
        self.object = object
        self.attributes = attributes
        self.filesystem = filesystem
    }

    /// Another file of the same file system, by its number.
    package func sibling(_ number: UInt64) throws(FilesError) -> File {
        try filesystem.file(number)
    }

    package var number: UInt64 { object.number }
    package var kind: FileKind { attributes.kind }

    /// Space on disk in 512-byte sectors, the dnode's own included, as `st_blocks`
    /// (`dmu_object_size_from_db`).
    package var sectors: UInt64 {
        let used = object.dnode.usedBytes
        return (used >> 9) + (used & 256 != 0 ? 1 : 0) + UInt64(object.dnode.extraSlots) + 1
    }

    /// The bytes of a regular file.
    package var contents: FileReader {
        FileReader(
            object, size: attributes.size, edits: filesystem.replayed?.contents[number],
            source: filesystem.objectSet.source)
    }

    /// The entries, where it is a directory.
    package func directory() throws(FilesError) -> Directory {
        guard kind == .directory else {
            throw FilesError(.wrongKind(expected: "directory", found: kind.description))
        }
        do {
            return try Directory(
                object, matcher: filesystem.matcher,
                changes: filesystem.replayed?.directories[number])
        } catch {
            throw FilesError(.object(error))
        }
    }

    /// Where a symlink leads.
    ///
    /// It is an attribute, or follows the znode, or is the first block (`zfs_sa_readlink`).
    package func symlinkTarget() throws(FilesError) -> [UInt8] {
        guard kind == .symlink else {
            throw FilesError(.wrongKind(expected: "symlink", found: kind.description))
        }
        if let target = attributes.symlinkTarget { return target }
        guard attributes.size <= Self.targetLimit else {
            throw FilesError(.limit("a symlink's target of \(attributes.size) bytes"))
        }
        do {
            return try contents.read(at: 0, count: Int(truncatingIfNeeded: attributes.size))
        } catch {
            throw FilesError(.object(error))
        }
    }

    /// The NFSv4 ACL; nil where the file has none.
    package func accessList() throws(FilesError) -> AccessList? {
        switch attributes.acl {
        case .none: return nil
        case .logged(let list): return list
        case .entries(let bytes, let count, let order):
            return AccessList(bytes.rawBytes, count: count, isOld: false, order)
        case .stored(let stored):
            do {
                return try stored.list(in: filesystem.objectSet)
            } catch {
                throw FilesError(.object(error))
            }
        }
    }
}
