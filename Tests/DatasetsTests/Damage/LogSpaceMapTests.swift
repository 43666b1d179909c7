import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// Log space maps put together after `module/zfs/spa_log_spacemap.c` and `include/sys/space_map.h`.
@Suite struct LogSpaceMapTests {
    /// Entries of two words: 8 sectors from 16 on vdev 3 allocated, 2 sectors from 4 on vdev 0 freed.
    private static let words: [UInt64] = [
        0xc000_0000_0700_0003, 16, 0xc000_0000_0100_0000, 1 << 63 | 4,
    ]

    private static func map(_ made: HandMade, _ words: [UInt64]) -> [UInt8] {
        let header = made.bytes([6, UInt64(words.count * 8), 0])
        return made.dnode(
            made.shape(
                [made.bytes(words, count: 512)], type: .spaceMap, bonusType: .spaceMapHeader,
                bonus: header))
    }

    private static func read(
        _ zap: HandMadeZAP, list: [UInt8]? = nil, maps: [Int: [UInt64]]
    ) throws -> (changes: [LogSpaceMaps.Change], problems: [String]) {
        let names = maps.keys.sorted().map { (String($0, radix: 16), UInt64($0)) }
        var dnodes = maps.mapValues { map(zap.made, $0) }
        dnodes[1] = zap.dnode([("com.delphix:log_spacemap_zap", 2)])
        dnodes[2] = list ?? zap.dnode(names)
        let meta = try zap.made.metaObjects(dnodes)
        let directory = ObjectDirectory(try meta.entries(of: 1, "object directory"))
        let logs = LogSpaceMaps(meta, directory)
        var changes: [LogSpaceMaps.Change] = []
        var problems: [String] = []
        logs.forEachChange {
            changes.append($0)
        } problem: { log, what in
            _ = log.record
            problems.append(what)
        }
        return (changes, problems + meta.notes.all.map(\.cause))
    }

    @Test("changes come txg by txg, in bytes", arguments: ByteOrder.allCases)
    func reads(order: ByteOrder) throws {
        // Map 30 is that of txg 30 (1e), map 17 that of txg 17 (11).
        let (changes, problems) = try Self.read(
            HandMadeZAP(order), maps: [30: Array(Self.words.prefix(2)), 17: Self.words])
        #expect(problems.isEmpty)
        #expect(changes.map(\.txg.rawValue) == [17, 17, 30])
        #expect(changes.map(\.vdev) == [3, 0, 3])
        #expect(changes.map(\.range) == [8192..<12_288, 2048..<3072, 8192..<12_288])
        #expect(changes.map(\.kind) == [.allocation, .free, .allocation])
    }

    @Test func `an entry without a vdev, a name that is no txg and a lost map are told`() throws {
        let zap = HandMadeZAP()
        let list = zap.dnode([("txg", 17), ("11", 17), ("12", 99)])
        let (changes, problems) = try Self.read(zap, list: list, maps: [17: [0x0123_800f]])
        #expect(changes.isEmpty)
        #expect(problems.count == 3)
        #expect(problems.contains("the entry at byte 0 names no vdev"))
        #expect(problems.contains("the entry txg names no txg"))
    }

    @Test("no word of an entry can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let zap = HandMadeZAP(order)
        for index in Self.words.indices {
            let bytes = zap.made.bytes([Self.words[index]])
            var words = Self.words
            words[index] = try verb.apply(to: bytes, order).rawBytes.integer(at: 0, order)
            _ = try Self.read(zap, maps: [17: words])
        }
        let block = zap.micro([("11", 17)])
        try verb.forEachSpoiled(Fuzz.words(128), of: block, order) { spoiled in
            _ = try Self.read(
                zap, list: zap.made.dnode([spoiled], type: .directory), maps: [17: Self.words])
        }
    }
}
