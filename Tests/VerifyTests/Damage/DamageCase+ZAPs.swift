import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Verify

extension DamageCase {
    /// Micro and fat ZAPs.
    static let zaps = zapHeads + zapLeaves + zapEntries + microZAPs

    /// What features are called: a fat ZAP of one leaf that nothing else depends on.
    private static let names: UInt64 = 53

    /// One change to a block of that ZAP.
    private static func names(
        _ description: String, _ kinds: [ProblemKind], block: UInt64 = 1,
        at places: [UInt64]? = nil,
        _ change: @escaping @Sendable (inout [UInt8]) throws -> Void
    ) -> DamageCase {
        verify(description, Set(kinds)) { pool in
            try pool.editor.edit(.block(.meta, object: names, index: block)) { try change(&$0) }
            return zip(kinds, places ?? kinds.map { _ in block }).map { kind, place in
                Found(kind) { location in
                    location.objectSet = 0
                    location.object = names
                    location.blockID = place
                }
            }
        }
    }

    private typealias Head = FatZAPHeader.Layout

    private static func write(
        _ field: Field<UInt64>, _ value: UInt64
    ) -> @Sendable (inout [UInt8]) throws -> Void {
        { bytes in try field.write(value, into: &bytes, .little) }
    }

    private static func slot(_ number: Int) -> Field<UInt64> {
        Field<UInt64>("zap_ptrtbl", at: 8192 + number * 8)
    }

    private static let zapHeads = [
        names(
            "a ZAP with an unknown way to normalise", [.zapHeader], block: 0,
            write(Head.normalization, 1 << 40)),
        names("a ZAP's slot past its end", [.zapPointerTable], block: 0, write(slot(512), 31)),
        names(
            "a pointer table that leads nowhere", [.zapPointerTable, .zapUnreferencedLeaf],
            block: 0, at: [0, 1]
        ) { bytes in
            for number in 0..<1024 { try slot(number).write(0, into: &bytes, .little) }
        },
        names(
            "a ZAP that ends before its leaf",
            [.zapPointerTable, .zapBlockPastEnd, .zapLeafCount, .zapEntryCount], block: 0,
            at: [0, 1, 0, 0], write(Head.freeBlock, 1)),
        names("a ZAP with a leaf too many", [.zapLeafCount], block: 0, write(Head.leafCount, 2)),
        names(
            "a ZAP with three entries too many", [.zapEntryCount], block: 0,
            write(Head.entryCount, 47)),
        verify("a slot that leads to a hole", [.zapMissingLeaf]) { pool in
            try pool.editor.editDnode(names) { bytes in
                try Dnode.Layout.maximumBlockID.write(2, into: &bytes, .little)
            }
            try pool.editor.edit(.block(.meta, object: names)) { bytes in
                try Head.freeBlock.write(3, into: &bytes, .little)
                try slot(512).write(2, into: &bytes, .little)
            }
            return [
                Found(.zapMissingLeaf) { location in
                    location.objectSet = 0
                    location.object = names
                    location.blockID = 2
                }
            ]
        },
    ]

    private static let zapLeaves = [
        names(
            "a leaf without its magic number", [.zapLeafHeader, .zapLeafCount, .zapEntryCount],
            at: [1, 0, 0]
        ) { $0[24] ^= 1 },
        names("a leaf with a longer prefix", [.zapLeafPrefix, .zapWrongBucket]) { $0[32] = 1 },
        names("a leaf that counts its free chunks wrong", [.zapFreeList]) { $0[28] ^= 1 },
        names("a leaf with padding that is not zero", [.zapPadding]) { $0[8] = 1 },
        names("a chain that leads to itself", [.zapChainLoop]) { bytes in
            let entry = try LeafEntry.first(in: bytes) { $0.next == 0xffff }
            try entry.set(2, UInt16(entry.chunk), &bytes)
        },
        names("a chain that leaves its leaf", [.zapChainBroken]) { bytes in
            try LeafEntry.first(in: bytes) { $0.next == 0xffff }.set(2, 60_000, &bytes)
        },
        names("a value whose chunks lead in a circle", [.zapChainLoop, .zapFreeList]) { bytes in
            let entry = LeafEntry.all(in: bytes)[0]
            let value = LeafEntry.chunkStart + entry.valueChunk(bytes) * 24
            try Field<UInt16>("la_next", at: value + 22)
                .write(UInt16(entry.valueChunk(bytes)), into: &bytes, .little)
        },
        names("a name whose chunks leave the leaf", [.zapChainBroken, .zapFreeList]) { bytes in
            let entry = LeafEntry.all(in: bytes)[0]
            try Field<UInt16>("la_next", at: LeafEntry.chunkStart + entry.nameChunk * 24 + 22)
                .write(60_000, into: &bytes, .little)
        },
        names("a free list that leads to an entry", [.zapFreeList, .zapChainBroken]) { bytes in
            let entry = LeafEntry.all(in: bytes)[0]
            try Field<UInt16>("lh_freelist", at: 34)
                .write(UInt16(entry.chunk), into: &bytes, .little)
        },
        names("an entry in no chain", [.zapLostEntry]) { bytes in
            let entry = try LeafEntry.first(in: bytes) { $0.isAlone(bytes) }
            try Field<UInt16>("l_hash", at: entry.bucketPlace)
                .write(0xffff, into: &bytes, .little)
        },
        names("two entries in each other's bucket", [.zapWrongBucket]) { bytes in
            let alone = LeafEntry.all(in: bytes).filter { $0.isAlone(bytes) }
            for (entry, other) in [(alone[0], alone[1]), (alone[1], alone[0])] {
                try Field<UInt16>("l_hash", at: entry.bucketPlace)
                    .write(UInt16(other.chunk), into: &bytes, .little)
            }
        },
    ]

    private static let zapEntries = [
        names("a value of integers of three bytes", [.zapBadEntry, .zapFreeList]) { bytes in
            let entry = LeafEntry.all(in: bytes)[0]
            bytes[entry.place + 1] = 3
        },
        names("an entry with another hash", [.zapWrongHash]) { bytes in
            bytes[LeafEntry.all(in: bytes)[0].place + 16 + 4] ^= 0x10
        },
        names("a name without its end", [.zapUnterminatedName]) { bytes in
            let entry = try LeafEntry.first(in: bytes) { $0.nameCount % 21 > 1 }
            try entry.set(6, entry.nameCount - 1, &bytes)
        },
    ]

    private static let microZAPs = [
        verify("a name that stands twice in a micro ZAP", [.zapDuplicateName]) { pool in
            let zap = try pool.quietMicroZAP()
            try pool.addSlots([("n:a", 0), ("n:b", 1), ("n:a", 2)], to: zap)
            return [zapFound(.zapDuplicateName, zap, "n:a")]
        },
        verify("two names of one hash and one collision number", [.zapDuplicateCollision]) { pool in
            let zap = try pool.quietMicroZAP()
            let (first, second) = try pool.namesOfOneHash(zap)
            try pool.addSlots([(first, 0), (second, 0)], to: zap)
            return [zapFound(.zapDuplicateCollision, zap, second)]
        },
        verify("a leaf that is not sorted as it says", [.zapCollisionOrder]) { pool in
            var name = ""
            try pool.editor.edit(.block(.meta, object: names, index: 1)) { bytes in
                let first = try LeafEntry.first(in: bytes) { $0.next != 0xffff }
                bytes[36] = 1
                bytes[first.place + 12] = 9
                name = try #require(
                    LeafEntry.all(in: bytes).first { $0.chunk == first.next }
                ).name(bytes)
            }
            return [zapFound(.zapCollisionOrder, names, name, block: 1)]
        },
    ]

    private static func zapFound(
        _ kind: ProblemKind, _ object: UInt64, _ name: String, block: UInt64 = 0
    ) -> Found {
        Found(kind) { location in
            location.objectSet = 0
            location.object = object
            location.blockID = block
            location.key = name
        }
    }
}

/// An entry of a leaf of 16 KiB, found by hand (`zap_leaf_phys_t`, `include/sys/zap_leaf.h`).
private struct LeafEntry {
    let chunk: Int
    let next: UInt16
    let nameChunk: Int
    let nameCount: UInt16
    let hash: UInt64

    static let chunkStart = 48 + 1024

    var place: Int { Self.chunkStart + chunk * 24 }
    /// Where its bucket stands; the leaf's prefix is empty.
    var bucketPlace: Int { 48 + Int(hash >> 55) * 2 }

    static func all(in bytes: [UInt8]) -> [LeafEntry] {
        (0..<(16384 - 1024) / 24 - 2).compactMap { chunk in
            let start = chunkStart + chunk * 24
            guard bytes[start] == 252 else { return nil }
            func number(_ offset: Int, _ count: Int) -> UInt64 {
                (0..<count).reduce(0) {
                    $0 | UInt64(bytes[start + offset + $1]) << UInt64($1 * 8)
                }
            }
            return LeafEntry(
                chunk: chunk, next: UInt16(number(2, 2)), nameChunk: Int(number(4, 2)),
                nameCount: UInt16(number(6, 2)), hash: number(16, 8))
        }
    }

    static func first(in bytes: [UInt8], _ isWanted: (LeafEntry) -> Bool) throws -> LeafEntry {
        guard let found = all(in: bytes).first(where: isWanted) else {
            throw EditedPool.Failure(description: "no such entry")
        }
        return found
    }

    /// Where its value begins.
    func valueChunk(_ bytes: [UInt8]) -> Int {
        Int(bytes[place + 8]) | Int(bytes[place + 9]) << 8
    }

    /// Whether its chain has no other.
    func isAlone(_ bytes: [UInt8]) -> Bool {
        next == 0xffff
            && UInt16(bytes[bucketPlace]) | UInt16(bytes[bucketPlace + 1]) << 8 == UInt16(chunk)
    }

    func set(_ offset: Int, _ value: UInt16, _ bytes: inout [UInt8]) throws {
        try Field<UInt16>("le", at: place + offset).write(value, into: &bytes, .little)
    }

    /// The name, as far as it stands in its first chunks.
    func name(_ bytes: [UInt8]) -> String {
        var name: [UInt8] = []
        var chunk = nameChunk
        while name.count < Int(nameCount) {
            let start = Self.chunkStart + chunk * 24
            name += bytes[start + 1..<start + 22]
            chunk = Int(bytes[start + 22]) | Int(bytes[start + 23]) << 8
        }
        return String(decoding: name.prefix(Int(nameCount) - 1), as: UTF8.self)
    }
}

extension EditedPool {
    /// The properties of `$FREE`, which has none: a micro ZAP that nobody reads.
    fileprivate func quietMicroZAP() throws -> UInt64 {
        let tree = try open().datasets()
        let node = try #require(tree.root.nodes.first { $0.name.hasSuffix("$FREE") })
        return node.directory.properties
    }

    /// Fills the first slots: names with their collision numbers.
    fileprivate func addSlots(_ slots: [(String, UInt32)], to zap: UInt64) throws {
        try editor.edit(.block(.meta, object: zap)) { bytes in
            for (index, (name, collision)) in slots.enumerated() {
                let start = (index + 1) * 64
                try Field<UInt64>("mze_value", at: start).write(1, into: &bytes, .little)
                try Field<UInt32>("mze_cd", at: start + 8).write(collision, into: &bytes, .little)
                bytes.replaceSubrange(start + 14..<start + 14 + name.utf8.count, with: name.utf8)
            }
        }
    }

    /// Two names that a ZAP's hash does not tell apart: of its 28 bits, some thousand names are enough.
    fileprivate func namesOfOneHash(_ object: UInt64) throws -> (String, String) {
        let hash = try ZAP(try editor.object(object)).hash
        var seen: [UInt64: String] = [:]
        // Numbers that differ in all bits: those that differ in few can't meet in a sum that is linear.
        for number in UInt64(0)..<1_000_000 {
            let name = "n:" + String(number &* 0x9e37_79b9_7f4a_7c15, radix: 16)
            let own = try #require(hash.hash(name: [UInt8](name.utf8)))
            if let first = seen.updateValue(name, forKey: own) { return (first, name) }
        }
        throw Failure(description: "no two names have the same hash")
    }
}
