import Bytes
import Files

/// A log record of each kind, put together word by word after `include/sys/zil.h`.
struct LogRecordSample: Sendable, CustomStringConvertible {
    let name: String
    let type: UInt64
    /// The words after `lr_t`.
    let words: [UInt64]
    /// What follows them as plain bytes.
    let tail: [UInt8]

    init(_ name: String, _ type: UInt64, _ words: [UInt64], _ tail: [UInt8] = []) {
        self.name = name
        self.type = type
        self.words = words
        self.tail = tail
    }

    var description: String { name }

    /// The record with sequence number 7 in txg 27.
    func bytes(_ order: ByteOrder) -> [UInt8] {
        var structure = StructureBytes(count: 0, order)
        let count = 32 + words.count * 8 + tail.count
        structure.append(words: [type, UInt64(count), 27, 7])
        structure.append(words: words)
        if let place = Self.firstIndex(of: Self.optional, in: words), order == .big {
            // The map and its length are 32-bit numbers.
            for index in place..<place + 2 {
                structure.put(words[index] << 32 | words[index] >> 32, at: 32 + index * 8)
            }
        }
        structure.append(tail)
        return structure.bytes
    }

    private static func firstIndex(of part: [UInt64], in words: [UInt64]) -> Int? {
        guard words.count >= part.count else { return nil }
        return (0...words.count - part.count).first { Array(words[$0..<$0 + part.count]) == part }
    }

    private static func names(_ names: String...) -> [UInt8] {
        names.flatMap { Array($0.utf8) + [0] }
    }

    /// `lr_create_t`: directory 34, object 17 with 2 slots, mode, owner 1001:1002, made 1.5 s before 1970.
    private static let creation: [UInt64] = [
        34, 17 | 1 << 56, 0o100644, 1001, 1002, 27, UInt64(bitPattern: -2), 500_000_000, 0x801,
    ]
    /// `lr_attr_t` for a map of three words, with project 99.
    private static let optional: [UInt64] = [
        3 | 0x40020 << 32, 0, 0x20, 0, 0, 99, 0, 0, 0,
    ]
    /// `lr_acl_t` numbers: two entries of 12 bytes, one domain, one FUID.
    private static let acl: [UInt64] = [2, 1, 1, 24, 0x10]
    private static let entries: [UInt64] = [1, 2, 3]
    private static let pointer = [UInt64](1...16)

    static let all = [
        Self("create", 1, creation, names("file00.txt")),
        Self("mkdir", 2, creation, names("newdir")),
        Self("mkxattr", 3, creation),
        Self("symlink", 4, creation, names("sym", "../base")),
        Self("remove", 5, [34], names("gone")),
        Self("rmdir", 6, [34], names("gone")),
        Self("link", 7, [34, 17], names("hard")),
        Self("rename", 8, [2, 17], names("old", "new")),
        Self("write inline", 9, [5, 0x101000, 8, 0] + pointer, [1, 2, 3, 4, 5, 6, 7, 8]),
        Self("write indirect", 9, [5, 0x101000, 0x20000, 0] + pointer),
        Self("truncate", 10, [5, 4096, 0]),
        Self(
            "setattr", 11,
            [14, 0x8000_007f, 0o100640, 1001, 0, 77, 1, 2, UInt64(bitPattern: -5), 4] + optional),
        Self("acl v0", 12, [14, 2] + entries),
        Self("acl", 13, [14] + acl + entries + [0x1_0000_0007], names("S-1-5-21")),
        Self(
            "create acl", 14, creation + acl + entries + [0x1_0000_0007],
            names("S-1-5-21", "secret")),
        Self("create attr", 15, creation + optional, names("file")),
        Self(
            "create acl attr", 16,
            creation + acl + optional + entries + [0x1_0000_0007], names("S-1-5-21", "both")),
        Self("mkdir acl", 17, creation + [0, 0, 0, 0, 0], names("dir")),
        Self("mkdir attr", 18, creation + optional, names("dir")),
        Self("mkdir acl attr", 19, creation + [0, 0, 0, 0, 0] + optional, names("dir")),
        Self("write2", 20, [5, 0, 4096, 0] + pointer),
        Self("setsaxattr", 21, [15, 1], names("user.x") + [0x79]),
        Self("rename exchange", 22, [2, 2], names("a", "b")),
        Self(
            "rename whiteout", 23, [2, 17, 40, 0o20000, 0, 0, 27, 1, 2, 0], names("w", "moved")),
        Self("clone range", 24, [6, 0x20000, 0x40000, 0x20000, 2] + pointer + pointer),
    ]
}
