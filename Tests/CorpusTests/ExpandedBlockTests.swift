import Blocks
import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// `dump VDEV:OFFSET:SIZE` on a RAID-Z of three children to which a fourth was added in txg 39.
@Suite struct ExpandedBlockTests {
    private static let corpus = CorpusPool.all.first { $0.name == "expanded" }

    /// The blocks of files.
    private static func pointers(_ pool: Pool) throws -> [BlockPointer] {
        let dataset = try #require(try pool.datasets().dataset(named: "expanded"))
        let set = try pool.objectSet(of: dataset)
        var found: [BlockPointer] = []
        set.forEachDnode { visit in
            guard case .object(let object) = visit, object.type == .plainFile else { return }
            object.forEachBlockPointer { step in
                guard case .pointer(let pointer, level: 0, _) = step, !pointer.isEmbedded
                else { return }
                found.append(pointer)
            }
        }
        return found
    }

    @Test func `a block's birth finds its bytes, and the newest width those of new blocks alone`()
        throws
    {
        let pool = try #require(Self.corpus).open()
        let all = try Self.pointers(pool)
        // Three sectors of data take two rows where there are three columns and one where there are four.
        let old = all.filter { $0.physicalBirth.rawValue < 39 && $0.physicalSize > 8192 }
        let new = all.filter { $0.physicalBirth.rawValue > 39 }
        #expect(!old.isEmpty && !new.isEmpty)
        for (pointers, isFoundByDefault) in [(old.prefix(5), false), (new.prefix(5), true)] {
            for pointer in pointers {
                let stored = try pool.reader.readStored(pointer).bytes
                let address = BlockAddress(pointer.dva(0))
                let known = try pool.reader.rawBlock(
                    at: address, physicalBirth: pointer.physicalBirth)
                #expect(known.bytes.starts(with: stored))
                let newest = try pool.reader.rawBlock(at: address)
                #expect(newest.bytes.starts(with: stored) == isFoundByDefault)
            }
        }
    }

    @Test(arguments: [(birth: "38", columns: 3), ("39", 4), ("52", 4)])
    func `the width that a birth gives is told`(birth: String, columns: UInt64) throws {
        let folder = try #require(Self.corpus).folder()
        let answer = try Zinspect.run(
            "dump", "expanded", "0:10c000:2000", "--birth", birth, "-d", folder, "--json")
        #expect(answer.status == 0)
        let lines = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let layout = try #require(lines.first { $0["type"].string == "layout" })
        #expect(layout["columns"].unsigned == columns)
        #expect(layout["assumed"] == .flag(false))
        #expect(!lines.contains { $0["type"].string == "finding" })
    }

    @Test func `a width that is assumed is noted`() throws {
        let folder = try #require(Self.corpus).folder()
        let answer = try Zinspect.run(
            "dump", "expanded", "0:10c000:2000", "-d", folder, "--json")
        #expect(answer.status == 0)
        let lines = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let note = try #require(lines.first { $0["type"].string == "finding" })
        #expect(note["code"].string == "raidz.width-assumed")
        #expect(note["severity"].string == "note")
        #expect(note["location"]["offset"].unsigned == 0x10c000)
    }
}
