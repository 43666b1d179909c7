import Foundation
import TestSupport
import Testing

/// What `ls` and `cat` do where blocks on their way can't be read.
@Suite struct DamagedFileTests {
    /// Where blocks begin on a device (`VDEV_LABEL_START_SIZE`).
    private static let start: UInt64 = 4 << 20

    private let folder: ScratchFolder
    private let pool: String

    init() throws {
        folder = try ScratchFolder()
        pool = "\(folder.path)/pool"
        let basic = try TestPool.named("basic").unpack()
        try Command.run("cp", "-r", "--sparse=always", basic, pool)
    }

    /// Overwrites every copy of a block of level 0.
    private func spoil(_ name: String, block index: UInt64) throws {
        let lines = try Zinspect.run("dump", "-v", "--json", pool, name).text.split(separator: "\n")
        let records = try lines.map { try JSONValue(parsing: $0) }
        let wanted = records.first { record in
            guard record["type"].string == "block", record["level"].unsigned == 0 else {
                return false
            }
            return record["index"].unsigned == index
        }
        let block = try #require(wanted)
        let device = try #require(
            try FileManager.default.contentsOfDirectory(atPath: pool).sorted().first)
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: "\(pool)/\(device)"))
        defer { try? file.close() }
        let addresses = block["addresses"].elements
        try #require(!addresses.isEmpty)
        for address in addresses {
            let offset = try #require(address["offset"].unsigned)
            try file.seek(toOffset: Self.start + offset)
            try file.write(contentsOf: Data(repeating: 0x5a, count: 512))
        }
    }

    @Test func `a block that can't be read ends cat with its place, unless errors are skipped`()
        throws
    {
        let whole = try Zinspect.run("cat", pool, "basic:/pages.bin").output
        try spoil("basic:/pages.bin", block: 3)
        let ended = try Zinspect.run("cat", pool, "basic:/pages.bin")
        #expect(ended.status == 8)
        #expect(ended.errorText.contains("basic:/pages.bin: the "), "\(ended.errorText)")
        #expect(ended.errorText.contains("can't be read"))
        #expect(ended.errorText.contains("--skip-errors"))
        #expect(whole.starts(with: ended.output))
        let skipped = try Zinspect.run("cat", "--skip-errors", pool, "basic:/pages.bin")
        #expect(skipped.status == 4)
        #expect(skipped.errorText.contains("zeros stand for"))
        let size = (whole.count - ended.output.count)
        #expect(skipped.output.count == whole.count)
        // The record size is what was left out: all else is as it was.
        let block = try #require(
            ended.errorText.firstMatch(of: /the (\d+) bytes at (\d+)/).flatMap {
                match -> Range<Int>? in
                guard let count = Int(match.1), let offset = Int(match.2) else { return nil }
                return offset..<offset + count
            })
        #expect(block.count <= size)
        var expected = whole
        expected.replaceSubrange(block, with: repeatElement(0, count: block.count))
        #expect(skipped.output == expected)
        let beside = try Zinspect.run(
            "cat", pool, "basic:/pages.bin", "--length", "\(block.lowerBound)")
        #expect(beside.status == 0)
    }

    @Test func `a directory that can't be read is told by its path, and the rest is listed`() throws
    {
        let before = try Zinspect.run("ls", "-R", pool, "basic:/tree").text
        try spoil("basic:/tree/sub0", block: 0)
        let through = try Zinspect.run("ls", pool, "basic:/tree/sub0/sub1")
        #expect(through.status == 8)
        #expect(through.errorText.contains("basic:/tree/sub0: "), "\(through.errorText)")
        let around = try Zinspect.run("ls", "-R", pool, "basic:/tree")
        #expect(around.status == 4)
        #expect(around.errorText.contains("basic:/tree/sub0: "), "\(around.errorText)")
        #expect(around.text.contains("basic:/tree/sub1:\n"))
        #expect(before.contains("basic:/tree/sub0/sub1:\n"))
        #expect(!around.text.contains("basic:/tree/sub0/sub1:\n"))
    }
}
