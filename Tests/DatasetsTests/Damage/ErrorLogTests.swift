import Bytes
import Objects
import TestSupport
import Testing

@testable import Datasets

/// Error logs of both forms, put together after `module/zfs/spa_errlog.c`.
@Suite struct ErrorLogTests {
    private static let name: [UInt8] = Array("file\0".utf8)

    private static func entry(_ key: String) -> HandMadeZAP.Entry {
        HandMadeZAP.Entry(.name([UInt8](key.utf8)), integerSize: 1, name)
    }

    /// Objects 5 and 6 are the logs of the last scrub and of the running one; 7 the list of one head.
    private static func read(
        _ zap: HandMadeZAP, last: [HandMadeZAP.Entry], scrub: [HandMadeZAP.Entry] = [],
        head: [HandMadeZAP.Entry] = [], isByHead: Bool
    ) throws -> (entries: [ErrorEntry], notes: [String]) {
        let meta = try zap.made.metaObjects([
            1: zap.dnode([("errlog_last", 5), ("errlog_scrub", 6)]),
            5: zap.dnode(last), 6: zap.dnode(scrub), 7: zap.dnode(head),
        ])
        let directory = ObjectDirectory(try meta.entries(of: 1, "object directory"))
        let entries = ErrorLogReader(meta: meta, directory: directory, isByHead: isByHead).read()
        return (entries, meta.notes.all.map(\.cause))
    }

    @Test("reads the first form", arguments: ByteOrder.allCases)
    func first(order: ByteOrder) throws {
        let (entries, notes) = try Self.read(
            HandMadeZAP(order), last: [Self.entry("36:80:0:1f")],
            scrub: [Self.entry("15:2:ffffffffffffffff:3")], isByHead: false)
        #expect(notes.isEmpty)
        #expect(entries.map(\.dataset) == [0x15, 0x36])
        #expect(entries.map(\.object) == [2, 0x80])
        #expect(entries.map(\.level) == [-1, 0])
        #expect(entries.map(\.block) == [3, 0x1f])
        #expect(entries.map(\.log) == [.scrub, .last])
        #expect(entries.allSatisfy { $0.birth == nil && $0.name == "file" })
        for entry in entries { _ = entry.record }
    }

    @Test("reads the second form", arguments: ByteOrder.allCases)
    func second(order: ByteOrder) throws {
        let (entries, notes) = try Self.read(
            HandMadeZAP(order), last: [.init("36", 7)], head: [Self.entry("80:1:2:ff")],
            isByHead: true)
        #expect(notes.isEmpty)
        #expect(entries.count == 1)
        #expect(entries.first?.dataset == 0x36)
        #expect(entries.first?.object == 0x80)
        #expect(entries.first?.level == 1)
        #expect(entries.first?.block == 2)
        #expect(entries.first?.birth == TransactionGroup(255))
    }

    @Test(
        "a name that is none is told, and the others are there",
        arguments: [
            "36:80:0", "36:80:0:1:2", "36:80:0:", ":::", "x:80:0:1", "36:80:0:-1",
            "36:10000000000000000:0:1", "36 :80:0:1", "36",
        ])
    func names(name: String) throws {
        let (entries, notes) = try Self.read(
            HandMadeZAP(), last: [Self.entry(name), Self.entry("1:2:3:4")], isByHead: false)
        #expect(entries.count == 1)
        #expect(notes == ["the entry \(name) is malformed"])
        let (heads, others) = try Self.read(
            HandMadeZAP(), last: [.init("36", 7)],
            head: [Self.entry(name), Self.entry("1:2:3:4")], isByHead: true)
        #expect(heads.count == 1)
        #expect(others == ["the entry \(name) is malformed"])
    }

    @Test func `a head that is none and a list that is gone are told`() throws {
        let (entries, notes) = try Self.read(
            HandMadeZAP(), last: [.init("36", 99), .init("what", 7), .init("37", 7)],
            head: [Self.entry("1:2:3:4")], isByHead: true)
        #expect(entries.map(\.dataset) == [0x37])
        #expect(notes.count == 2)
        #expect(notes.contains("the entry what names no dataset"))
    }

    @Test("no byte of a name can crash it", arguments: Fuzz.allCases, [false, true])
    func fuzz(verb: Fuzz, isByHead: Bool) throws {
        let name: [UInt8] = Array("36:80:0:1f".utf8)
        try verb.forEachSpoiled(Fuzz.words(name.count, width: 1), of: name) { spoiled in
            // A name ends at its NUL.
            let key = spoiled.map { $0 == 0 ? 1 : $0 }
            let entry = HandMadeZAP.Entry(.name(key), integerSize: 1, Self.name)
            _ = try Self.read(
                HandMadeZAP(), last: isByHead ? [.init("36", 7)] : [entry],
                head: [entry], isByHead: isByHead)
        }
    }
}
