import Bytes
import Objects
import TestSupport
import Testing
import Vdevs

/// Pools with damage whose checksums are right: the damage is told with its place, and all the rest is read.
@Suite struct DamagedCaseTests {
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func open(_ name: String) throws -> OpenedPool {
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        let pool = String(try #require(name.split(separator: "-").first))
        return try OpenedPool(device: "\(folder.path)/\(pool)/d0")
    }

    /// The entries and problems of the directory that the cases of bigdir damage.
    private func bigDirectory(_ name: String) throws -> (ZAP, [ZAPEntry], [ZAPProblem]) {
        let pool = try open(name)
        let set = try #require(
            try pool.datasets.keys.sorted().map { try pool.objectSet($0) }.last {
                (try? $0.object(12105).type) == .directory
            })
        let zap = try ZAP(try set.object(12105))
        let (entries, problems) = zap.contents()
        return (zap, entries, problems)
    }

    @Test func `a chain that loops ends, and all entries are listed`() throws {
        let (zap, entries, problems) = try bigDirectory("bigdir-zap-chain-loop")
        #expect(entries.count == 7)
        #expect(problems.map(\.kind) == [.chainLoop])
        #expect(problems.first?.block == 19)
        #expect(problems.first?.chunk == 4)
        for entry in entries { #expect(try zap.lookup(entry.key) == entry) }
    }

    @Test func `a wrong entry count is told with the right one`() throws {
        let (_, entries, problems) = try bigDirectory("bigdir-zap-entry-count")
        #expect(entries.count == 7)
        #expect(problems.map(\.kind) == [.entryCount])
        #expect(problems.first?.stored == 10)
        #expect(problems.first?.actual == 7)
    }

    @Test func `a wrong prefix length is told, and entries are found all the same`() throws {
        let (zap, entries, problems) = try bigDirectory("bigdir-zap-leaf-prefix-length")
        #expect(entries.count == 7)
        #expect(problems.contains { $0.kind == .leafPrefix && $0.block == 1 })
        #expect(problems.allSatisfy { $0.block == 1 })
        for entry in entries { #expect(try zap.lookup(entry.key) == entry) }
    }

    @Test func `a pointer table slot past the end is told, and entries are found all the same`()
        throws
    {
        let (zap, entries, problems) = try bigDirectory("bigdir-zap-pointer-table")
        #expect(entries.count == 7)
        #expect(problems.map(\.kind) == [.pointerTable])
        #expect(problems.first?.chunk == 512)
        #expect(problems.first?.stored == 31)
        for entry in entries { #expect(try zap.lookup(entry.key) == entry) }
    }

    @Test func `a name that stands twice in a micro ZAP is told with its slot`() throws {
        let pool = try open("basic-microzap-duplicate-name")
        let zap = try ZAP(try pool.objectSet(54).object(34))
        let (entries, problems) = zap.contents()
        #expect(problems.map(\.kind) == [.duplicateName])
        #expect(problems.first?.chunk == 22)
        #expect(entries.filter { $0.name == "tree" }.map(\.chunk) == [1, 22])
    }

    @Test func `a micro ZAP name without an end is told with its slot`() throws {
        let pool = try open("basic-microzap-unterminated-name")
        let (entries, problems) = try ZAP(try pool.mos.object(51)).contents()
        #expect(problems.map(\.kind) == [.unterminatedName])
        #expect(problems.first?.chunk == 25)
        #expect(entries.contains { $0.name == String(repeating: "u", count: 50) })
    }

    @Test func `a bonus longer than its dnode is told and cut`() throws {
        let pool = try open("basic-dnode-bonus-too-long")
        let set = try pool.objectSet(106)
        let object = try set.object(2)
        #expect(object.dnode.problems.map(\.field) == ["dn_bonuslen"])
        #expect(object.dnode.bonusLength == 1023)
        #expect(object.bonus.count == 320)
        #expect(try SystemAttributes(set).values(of: object).mode != nil)
    }

    @Test func `blocks past a dnode's last block index are met by a walk`() throws {
        let pool = try open("basic-dnode-maxblkid-small")
        let object = try pool.objectSet(54).object(65)
        #expect(object.dnode.maximumBlockID == 4)
        var highest: UInt64 = 0
        object.forEachBlockPointer { step in
            if case .pointer(_, level: 0, let index) = step { highest = max(highest, index) }
        }
        #expect(highest == 5)
        #expect(throws: ObjectError.self) { try object.block(5) }
    }

    @Test func `a space map entry that belongs elsewhere is read as it stands`() throws {
        let pool = try open("basic-spacemap-entry-of-other-vdev")
        var strange = 0
        pool.mos.forEachDnode { visit in
            guard case .object(let object) = visit, object.dnode.bonusType == .spaceMapHeader,
                let map = try? SpaceMap(object)
            else { return }
            let problems = map.forEachEntry { entry in
                if let vdev = entry.vdev, vdev != 0, vdev != 1 << 24 - 1 { strange += 1 }
            }
            #expect(problems.isEmpty)
        }
        #expect(strange == 1)
    }
}
