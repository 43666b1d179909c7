import Bytes
import Foundation
import TestSupport
import Testing
import Verify

/// One kind of damage to the zpool.cache of the pools apple, birch and cedar, and what must be said of it.
struct CacheFileDamage: Sendable, CustomStringConvertible {
    let description: String
    /// Code and key of everything that is found beside what the sound file gives.
    let found: Set<Finding>
    /// What `nvlist_unpack` returns; nil where OpenZFS takes the file.
    let refusal: String?
    let damage: @Sendable (inout [UInt8]) throws -> Void

    struct Finding: Hashable, Sendable, CustomStringConvertible {
        let kind: ProblemKind
        let key: String?

        init(_ kind: ProblemKind, _ key: String? = nil) {
            self.kind = kind
            self.key = key
        }

        var description: String { "\(kind.code) \(key ?? "")" }
    }

    init(
        _ description: String, _ found: Set<Finding>, refusal: String? = nil,
        _ damage: @escaping @Sendable (inout [UInt8]) throws -> Void
    ) {
        self.description = description
        self.found = found
        self.refusal = refusal
        self.damage = damage
    }

    /// Replaces the first (or another) occurrence of a text by one of the same length.
    static func replace(
        _ bytes: inout [UInt8], _ old: String, _ new: String, occurrence: Int = 0
    ) throws {
        let places = bytes.indices.filter { bytes[$0...].starts(with: old.utf8) }
        let place = try #require(places.dropFirst(occurrence).first)
        try #require(old.utf8.count == new.utf8.count)
        bytes.replaceSubrange(place..<place + old.utf8.count, with: new.utf8)
    }

    /// Where the pair of that name begins: sixteen bytes of header stand before the name.
    static func pair(_ bytes: [UInt8], _ name: String, occurrence: Int = 0) throws -> Int {
        let text = Array(name.utf8) + [0]
        let places = bytes.indices.filter {
            $0 >= 16 && bytes[$0...].starts(with: text) && bytes[$0 - 12] == UInt8(text.count)
        }
        return try #require(places.dropFirst(occurrence).first) - 16
    }

    private static let path = "apple.vdev_tree.children[0].path"

    static let all: [CacheFileDamage] = [
        CacheFileDamage(
            "a string with stray NULs, as in the story of `out of memory`",
            [Finding(.nvlistEmbeddedNUL, path), Finding(.cacheFileRefused, path)], refusal: "EFAULT"
        ) { try replace(&$0, "/share/cachefile/a0", "/sh\0re/\0achefile/a0") },
        CacheFileDamage(
            "a string with a NUL so near its end that OpenZFS takes it, cut short",
            [Finding(.nvlistEmbeddedNUL, path)]
        ) { try replace(&$0, "/share/cachefile/a0", "/share/cachefile\0a0") },
        CacheFileDamage(
            "a string without a NUL at its end",
            [
                Finding(.nvlistUnterminated, path), Finding(.nvlistBadSize, path),
                Finding(.cacheFileRefused, path),
            ],
            refusal: "EFAULT"
        ) { bytes in
            let start = try pair(bytes, "path")
            let size = Int(bytes[start]) + Int(bytes[start + 1]) << 8
            for offset in start + 24..<start + size where bytes[offset] == 0 {
                bytes[offset] = 0x41
            }
        },
        CacheFileDamage(
            "a name with a NUL inside",
            [
                Finding(.nvlistBadName, "apple.host\0ame"),
                Finding(.cacheFileRefused, "apple.host"),
            ], refusal: "EFAULT"
        ) { try replace(&$0, "hostname", "host\0ame") },
        CacheFileDamage(
            "the size of a name",
            [Finding(.nvlistEmbeddedNUL, "apple.hos"), Finding(.cacheFileRefused, "apple.host")],
            refusal: "EFAULT"
        ) { bytes in
            let start = try pair(bytes, "hostname")
            bytes[start + 4] = 4
        },
        CacheFileDamage(
            "the size of a value",
            [
                Finding(.nvlistBadSize, "apple.hostid"), Finding(.cacheFileRefused, "apple.hostid"),
            ], refusal: "EFAULT"
        ) { bytes in
            let start = try pair(bytes, "hostid")
            bytes[start] += 8
        },
        CacheFileDamage(
            "a type that does not exist",
            [
                Finding(.nvlistBadValue, "apple.hostid"),
                Finding(.cacheFileRefused, "apple.hostid"),
            ], refusal: "EFAULT"
        ) { bytes in
            let start = try pair(bytes, "hostid")
            bytes[start + 12] = 99
        },
        CacheFileDamage(
            "a name that stands twice",
            [Finding(.nvlistBadName, "apple.state"), Finding(.cacheFileEntry, "apple.version")]
        ) { bytes in
            let start = try pair(bytes, "version")
            // `version` is followed by other pairs; give it the name of a later one, and its length.
            bytes.replaceSubrange(start + 16..<start + 24, with: Array("state\0\0\0".utf8))
            bytes[start + 4] = 6
        },
        CacheFileDamage(
            "the file is cut off in the middle",
            Set(
                [
                    "", "cedar", "cedar.vdev_tree", "cedar.vdev_tree.children[0]",
                    "cedar.vdev_tree.children[1]", "cedar.vdev_tree.children[0].children[1]",
                    "cedar.vdev_tree.children[0].children[2]",
                ].map { Finding(.nvlistDamaged, $0) }
                    + [
                        Finding(.nvlistBadName, "cedar.vdev_tree.children[0].children[1]"),
                        Finding(.cacheFileRefused, "cedar.vdev_tree.children[0].children[1]"),
                        Finding(.cacheFileTree, "cedar.vdev_tree"),
                    ]),
            refusal: "EFAULT"
        ) { $0.removeLast($0.count - 5000) },
        CacheFileDamage("no list at all", [Finding(.cacheFileUnreadable)], refusal: "ENOTSUP") {
            $0 = Array("# a text file\n".utf8)
        },
        CacheFileDamage(
            "the other byte order in the header",
            [Finding(.cacheFileUnreadable)], refusal: "ENOTSUP"
        ) { $0[1] = 7 },
        CacheFileDamage(
            "the name of a pool in its entry", [Finding(.cacheFileEntry, "apple.name")]
        ) { try replace(&$0, "apple", "appel", occurrence: 1) },
        CacheFileDamage(
            "the GUID of a pool", [Finding(.cacheFileGUID, "apple.pool_guid")]
        ) { bytes in
            let start = try pair(bytes, "pool_guid")
            bytes[start + 32] ^= 1
        },
        CacheFileDamage(
            "two entries of one pool",
            [
                Finding(.cacheFileEntry, "birch.pool_guid"),
                Finding(.cacheFileTree, "birch.vdev_tree"),
            ]
        ) { bytes in
            let first = try pair(bytes, "pool_guid")
            let second = try pair(bytes, "pool_guid", occurrence: 1)
            bytes.replaceSubrange(second + 32..<second + 40, with: bytes[first + 32..<first + 40])
        },
        CacheFileDamage(
            "the GUID of a vdev", [Finding(.cacheFileTree, "birch.vdev_tree")]
        ) { bytes in
            // The root's, the mirror's and the first leaf's come before.
            let entry = try pair(bytes, "birch")
            let starts = bytes.indices.filter {
                $0 > entry && bytes[$0...].starts(with: Array("guid\0".utf8)) && bytes[$0 - 12] == 5
            }
            bytes[try #require(starts.dropFirst(2).first) + 8] ^= 1
        },
        CacheFileDamage(
            "a group later than the pool has", [Finding(.cacheFileNewer, "apple.txg")]
        ) { bytes in
            let start = try pair(bytes, "txg")
            bytes[start + 25] = 9
        },
    ]
}
