import Bytes
import Datasets
import Files
import Objects
import TestSupport
import Testing

@Suite struct AccessListTests {
    /// The trivial ACL of mode 644 as `zfs_acl_chmod` makes it, in the variable form.
    private static func trivial(_ order: ByteOrder) -> [UInt8] {
        var structure = StructureBytes(count: 24, order)
        let entries: [(flags: UInt16, mask: UInt32)] = [
            (0x1000, 0x1e_01bf & ~0x20), (0x2040, 0x12_0089), (0x4000, 0x12_0089),
        ]
        for (index, entry) in entries.enumerated() {
            structure.put(UInt16(0), at: index * 8)
            structure.put(entry.flags, at: index * 8 + 2)
            structure.put(entry.mask, at: index * 8 + 4)
        }
        return structure.bytes
    }

    @Test(arguments: ByteOrder.allCases)
    func `entries read as illumos shows them`(order: ByteOrder) {
        let list = AccessList(Self.trivial(order).rawBytes, count: 3, isOld: false, order)
        #expect(list.problem == nil)
        #expect(
            list.entries.map(\.description) == [
                "owner@:rw-p--aARWcCos:-------:allow",
                "group@:r-----a-R-c--s:-------:allow",
                "everyone@:r-----a-R-c--s:-------:allow",
            ])
    }

    @Test(arguments: ByteOrder.allCases)
    func `users, groups and object entries have their own lengths`(order: ByteOrder) {
        var structure = StructureBytes(count: 16 + 48 + 16, order)
        structure.put(UInt16(1), at: 0)
        structure.put(UInt16(0x3), at: 2)
        structure.put(UInt32(0x2), at: 4)
        structure.put(UInt64(1001), at: 8)
        structure.put(UInt16(5), at: 16)
        structure.put(UInt32(0x1), at: 20)
        structure.put(UInt64(7), at: 24)
        structure.put(UInt16(0x40), at: 66)
        structure.put(UInt32(0x1), at: 68)
        structure.put(UInt64(0x3_0000_0451), at: 72)
        let list = AccessList(structure.bytes.rawBytes, count: 3, isOld: false, order)
        #expect(list.problem == nil)
        #expect(
            list.entries.map(\.description) == [
                "user:1001:-w------------:fd-----:deny", "user:7:r-------------:-------:type5",
                "group:3:1105:r-------------:-------:allow",
            ])
    }

    @Test(arguments: ByteOrder.allCases)
    func `entries of the first form have twelve bytes`(order: ByteOrder) {
        var structure = StructureBytes(count: 24, order)
        structure.put(UInt32(1001), at: 0)
        structure.put(UInt32(0x20), at: 4)
        structure.put(UInt16(0x4000), at: 20)
        let list = AccessList(structure.bytes.rawBytes, count: 2, isOld: true, order)
        #expect(list.entries.count == 2)
        #expect(list.entries[0].who == FUID(rawValue: 1001))
        #expect(list.entries[1].isAbstract)
    }

    @Test func `a list that is cut off or too long keeps what is there`() {
        let bytes = Self.trivial(.little)
        for count in 0..<bytes.count {
            let list = AccessList(
                [UInt8](bytes.prefix(count)).rawBytes, count: 3, isOld: false, .little)
            #expect(list.entries.count == count / 8)
            #expect(list.problem != nil)
        }
        let long = AccessList(bytes.rawBytes, count: .max, isOld: false, .little)
        #expect(long.entries.count == 3)
        #expect(long.problem != nil)
    }

    @Test("no byte can crash the decoder", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) {
        let valid = Self.trivial(order)
        for width in [1, 2, 4] {
            verb.forEachSpoiled(Fuzz.words(24, width: width), of: valid, order) { spoiled in
                for isOld in [false, true] {
                    _ = AccessList(spoiled.rawBytes, count: 3, isOld: isOld, order).record
                }
            }
        }
    }

    /// What ends a znode: no other object, 24 bytes in 3 entries of the second form, or 2 of the first.
    private static func stored(_ order: ByteOrder, version: UInt16) -> [UInt8] {
        var structure = StructureBytes(count: 88, order)
        structure.put(UInt32(version == 0 ? 2 : 24), at: 8)
        structure.put(version, at: 12)
        structure.put(UInt16(version == 0 ? 0 : 3), at: 14)
        structure.put(trivial(order), at: 16)
        return structure.bytes
    }

    @Test("an ACL in a znode is found", arguments: ByteOrder.allCases, [0, 1] as [UInt16])
    func znode(order: ByteOrder, version: UInt16) throws {
        let bytes = Self.stored(order, version: version)
        let acl = try StoredACL(bytes.rawBytes, order)
        #expect(acl.externalObject == 0 && acl.version == version && acl.size == 24)
        let set = try HandMade(order).objectSet([:])
        let list = try acl.list(in: set)
        #expect(list.problem == nil)
        #expect(list.entries.count == (version == 0 ? 2 : 3))
        for count in 0..<88 {
            #expect(throws: FormatError.self) {
                try StoredACL([UInt8](bytes.prefix(count)).rawBytes, order)
            }
        }
        for verb in Fuzz.allCases {
            verb.forEachSpoiled(StoredACL.Layout.fields, of: bytes, order) { spoiled in
                _ = try? StoredACL(spoiled.rawBytes, order).list(in: set).record
            }
        }
    }

    @Test("no word of a POSIX ACL can crash it", arguments: Fuzz.allCases)
    func fuzzPosix(verb: Fuzz) {
        let value: [UInt8] = [2, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 2, 0, 7, 0, 233, 3, 0, 0]
        for width in [1, 2, 4] {
            verb.forEachSpoiled(Fuzz.words(value.count, width: width), of: value) { spoiled in
                _ = try? PosixACL(spoiled.rawBytes).entries.map(\.description)
            }
        }
    }

    /// The value that getfattr(1) gave for `text.txt` of the pool `basic`.
    @Test func `a POSIX ACL reads as getfacl shows it`() throws {
        let value: [UInt8] = [
            2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 7, 0, 233, 3, 0, 0, 4, 0, 4, 0,
            255, 255, 255, 255, 8, 0, 5, 0, 50, 0, 0, 0, 16, 0, 7, 0, 255, 255, 255, 255, 32, 0,
            4, 0, 255, 255, 255, 255,
        ]
        #expect(
            try PosixACL(value.rawBytes).entries.map(\.description) == [
                "user::rw-", "user:1001:rwx", "group::r--", "group:50:r-x", "mask::rwx",
                "other::r--",
            ])
        for count in 0..<value.count where count % 8 != 4 {
            #expect(throws: FormatError.self) {
                try PosixACL([UInt8](value.prefix(count)).rawBytes)
            }
        }
    }

    @Test(arguments: [("basic", "basic"), ("v28", "v28/fs3"), ("v28", "v28")])
    func `every file of a real pool has an ACL that decodes`(
        pool: String, dataset: String
    ) throws {
        let candidate = try #require(try TestPool.named(pool).candidates().first)
        let pool = try Pool.open(candidate)
        let found = try #require(try pool.datasets().dataset(named: dataset))
        let filesystem = try Filesystem(try pool.objectSet(of: found))
        var count = 0
        for entry in try filesystem.file(filesystem.root).directory().contents().entries {
            let list = try #require(try filesystem.file(entry.object).accessList())
            #expect(list.problem == nil, "\(entry.name)")
            #expect(list.entries.count >= 3, "\(entry.name)")
            count += 1
        }
        #expect(count > 3)
    }
}
