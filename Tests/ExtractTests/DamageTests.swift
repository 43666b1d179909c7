import Datasets
import Extract
import Files
import Foundation
import Objects
import TestSupport
import Testing
import Vdevs

/// Damage costs what it hits and nothing more.
@Suite struct DamageTests {
    /// Where the data of a vdev begin: after two labels and the boot block.
    private static let dataStart: UInt64 = 4 << 20

    /// A copy of the pool `basic` with the data blocks of a file spoiled.
    private static func spoiled(
        _ path: String, blocks: [UInt64], in folder: ScratchFolder
    ) throws -> ExtractSource {
        let place = try TestPool.named("basic").copy(to: folder.path)
        let source = try ExtractSource("basic", in: place)
        let item = try #require(PoolItem("basic:\(path)"))
        let file = try #require(try source.contents.open(item).file)
        let device = try #require(
            try FileManager.default.contentsOfDirectory(atPath: place).first)
        let handle = try FileHandle(
            forWritingTo: URL(fileURLWithPath: "\(place)/\(device)"))
        for block in blocks {
            let pointer = try file.object.tree.pointer(level: 0, index: block)
            try handle.seek(toOffset: pointer.dva(0).offset + dataStart)
            try handle.write(contentsOf: Data(repeating: 0x5a, count: 512))
        }
        try handle.close()
        return try ExtractSource("basic", in: place)
    }

    private struct Map: Decodable {
        struct Range: Decodable {
            let offset: UInt64
            let length: UInt64
            let cause: String
        }
        let path: String
        let size: UInt64
        let damagedBytes: UInt64
        let ranges: [Range]

        enum CodingKeys: String, CodingKey {
            case path, size, ranges
            case damagedBytes = "damaged_bytes"
        }
    }

    @Test func `unreadable records are zeros, with a map beside the file`() throws {
        let folder = try ScratchFolder()
        let record: UInt64 = 131_072
        let source = try Self.spoiled("/text.txt", blocks: [1, 4], in: folder)
        let whole = CopiedTree(path: folder.path + "/whole")
        try ExtractSource("basic").extract("basic", to: whole.path)
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try source.extract("basic", to: tree.path)
        // The file has three names.
        #expect(summary.incompleteCount == 3)
        #expect(summary.failedCount == 0)
        let bytes = try #require(tree.contents("text.txt.damage.json"))
        let map = try JSONDecoder().decode(Map.self, from: Data(bytes))
        #expect(map.path == "/text.txt")
        #expect(map.size == 716_800)
        #expect(map.damagedBytes == 2 * record)
        #expect(map.ranges.map(\.offset) == [record, 4 * record])
        #expect(map.ranges.map(\.length) == [record, record])
        #expect(map.ranges.allSatisfy { $0.cause.contains("checksum") })
        var expected = try #require(whole.contents("text.txt"))
        for block in [1, 4] {
            let start = block * Int(record)
            expected.replaceSubrange(
                start..<start + Int(record), with: repeatElement(0, count: Int(record)))
        }
        #expect(tree.contents("text.txt") == expected)
        for name in whole.names("tree") where name != "hard1" {
            #expect(tree.contents("tree/\(name)") == whole.contents("tree/\(name)"))
        }
        let entry = try tree.manifest().first { $0.path == "/text.txt" }
        #expect(entry?.state == .incomplete)
        #expect(entry?.damagedBytes == 2 * record)
    }

    @Test func `what was incomplete is tried again, and its map goes when it is whole`() throws {
        let folder = try ScratchFolder()
        let source = try Self.spoiled("/pages.bin", blocks: [0], in: folder)
        let tree = CopiedTree(path: folder.path + "/out")
        #expect(try source.extract("basic", to: tree.path).incompleteCount == 1)
        #expect(tree.contents("pages.bin.damage.json") != nil)
        let healed = try ExtractSource("basic").extract("basic", to: tree.path)
        #expect(healed.isComplete)
        #expect(tree.contents("pages.bin.damage.json") == nil)
    }

    @Test func `without its master node a file system is found by its objects`() throws {
        let folder = try ScratchFolder()
        let place = try TestPool.named("basic").copy(to: folder.path)
        let source = try ExtractSource("basic", in: place)
        let dataset = try source.contents.dataset(named: "basic")
        let set = try source.contents.objectSet(of: dataset)
        // The first 32 dnodes, the master node's among them.
        let pointer = try set.metaObject.tree.pointer(level: 0, index: 0)
        let device = try #require(
            try FileManager.default.contentsOfDirectory(atPath: place).first)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(place)/\(device)"))
        for copy in 0..<3 where pointer.hasCopy(copy) {
            try handle.seek(toOffset: pointer.dva(copy).offset + Self.dataStart)
            try handle.write(contentsOf: Data(repeating: 0x5a, count: 512))
        }
        try handle.close()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try ExtractSource("basic", in: place).extract("basic", to: tree.path)
        #expect(summary.unfinished.contains { $0.kind == "dataset" })
        let sums = try tree.checksums()
        let files = try RecordedFile.all(of: "basic").filter { $0.ds == "basic" }
        for name in ["text.txt", "pages.bin", "odd", "allhole"] {
            let file = try #require(files.first { $0.path == name })
            #expect(sums[name] == file.sha256, "\(name)")
        }
    }

    @Test func `a pool with permanent errors is copied around them`() throws {
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try ExtractSource("errlog").extract(
            "errlog", to: tree.path, recursive: true, snapshots: true)
        #expect(summary.incompleteCount > 0)
        #expect(summary.damagedByteCount > 0)
        let sums = try tree.checksums()
        let damaged = Set(summary.unfinished.map { "\($0.dataset)\($0.path)" })
        for file in try RecordedFile.all(of: "errlog") {
            guard let sum = file.sha256, !damaged.contains("\(file.ds)/\(file.path)") else {
                continue
            }
            #expect(sums[RecordedTruthTests.place(file, below: "errlog")] == sum)
        }
    }

    @Test func `unlinked files come to lost+found`() throws {
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try ExtractSource("delqueue").extract("delqueue", to: tree.path)
        #expect(summary.isComplete)
        let lost = tree.names("lost+found")
        #expect(lost.count == 12)
        #expect(lost.allSatisfy { $0.hasPrefix("delqueue#") })
    }

    @Test func `redacted bytes are damage that says so`() throws {
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try ExtractSource("redact").extract("redact", to: tree.path, recursive: true)
        #expect(summary.unfinished.allSatisfy { $0.problems?.first?.contains("redact") == true })
    }
}
