import Objects

/// A name in a directory and the object it stands for.
package struct DirectoryEntry: Sendable, Hashable {
    package let name: FileName
    package let object: UInt64
    /// The kind of file as the entry says it; unknown in entries of early versions.
    package let kind: FileKind

    package init(name: FileName, object: UInt64, kind: FileKind) {
        self.name = name
        self.object = object
        self.kind = kind
    }

    /// Takes apart the word of an entry: 48 bits of object number, 4 of kind (`ZFS_DIRENT_OBJ`).
    package init(name: FileName, word: UInt64) {
        self.name = name
        object = word & 0xffff_ffff_ffff
        kind = FileKind(rawValue: UInt8(truncatingIfNeeded: word >> 60))
    }

    /// The entry as a ZAP holds it; nil where it is none of a directory.
    init?(_ entry: ZAPEntry) {
        guard case .name(let bytes) = entry.key, entry.integerSize == 8,
            let word = entry.words.first
        else { return nil }
        self.init(name: FileName(bytes), word: word)
    }
}
