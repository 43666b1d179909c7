import Foundation
import Objects
import TestSupport
import Testing

/// System attributes of real file systems against what a kernel's stat(2) said of each file.
@Suite struct AttributePoolTests {
    @Test(
        "every file has the mode, owner, size, links and times that a kernel gave",
        arguments: ["basic", "bigdnodes", "snaps", "v28"])
    func files(name: String) throws {
        let pool = TestPool.named(name)
        let opened = try OpenedPool(device: try pool.devicePaths()[0])
        let facts = try #require(try pool.facts())
        var sets: [String: (set: ObjectSet, tables: SystemAttributes)] = [:]
        for dataset in facts["pools"][name]["datasets"].elements
        where dataset["kind"].string == "ZPL" {
            let set = try opened.objectSet(try #require(dataset["objset"].unsigned))
            let tables = try SystemAttributes(set)
            #expect(tables.problems.isEmpty)
            sets[try #require(dataset["name"].string)] = (set, tables)
        }
        let recorded = try Command.run(
            "zstd", "-d", "-q", "-c", "\(Project.testPools)/\(name).files.jsonl.zst")
        var count = 0
        for line in recorded.text.split(separator: "\n") {
            let file = try JSONValue(parsing: line)
            guard let (set, tables) = sets[file["ds"].string ?? ""],
                let number = file["ino"].unsigned, number < Self.firstControlNumber,
                file["after"].isNull
            else { continue }
            let values = try tables.values(of: try set.object(number))
            #expect(values.problems.isEmpty)
            #expect(values.mode.map { String($0, radix: 8) } == file["mode"].string)
            #expect(values.user == file["uid"].unsigned)
            #expect(values.group == file["gid"].unsigned)
            #expect(values.size == file["size"].unsigned, "\(line)")
            #expect(values.links == file["nlink"].unsigned)
            #expect(nanoseconds(values.modificationTime) == file["mtime"].signed)
            #expect(nanoseconds(values.changeTime) == file["ctime"].signed)
            count += 1
        }
        #expect(count > 50)
    }

    /// Mount points of snapshots below `.zfs` have made-up numbers from here on.
    private static let firstControlNumber: UInt64 = 0xffff_ffff_0000

    private func nanoseconds(_ time: AttributeTime?) -> Int64? {
        time.map { $0.seconds * 1_000_000_000 + $0.nanoseconds }
    }
}
