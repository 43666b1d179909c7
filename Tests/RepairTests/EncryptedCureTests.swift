import Bytes
import Datasets
import Devices
import Files
import Foundation
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

@testable import Repair

/// Damage inside encrypted datasets, written there with their keys, and cured with them.
@Suite struct EncryptedCureTests {
    /// Makes damage of many kinds in both encryption roots, and returns the codes that must be found.
    private static func damage(_ encrypted: EncryptedPool) throws -> Set<String> {
        let contents = try encrypted.contents()
        var transaction = try encrypted.transaction(contents)
        let pass = try encrypted.dataset("crypt/pass", contents)
        let child = try encrypted.dataset("crypt/pass/child", contents)
        let hex = try encrypted.dataset("crypt/hex", contents)
        let tables = try SystemAttributes(try contents.pool.objectSet(of: pass))
        let big = try encrypted.file("big", of: pass.name, contents).number
        let folder = try encrypted.file("dir", of: pass.name, contents)
        let tree = try encrypted.file("tree", of: hex.name, contents).number
        let file = try encrypted.file("f", of: child.name, contents).number
        try transaction.editDataset(pass.object) { set throws(RepairError) in
            // In a bonus, which is encrypted, and in a table of leaves.
            try set.edit(big) { object throws(RepairError) in
                try object.setAttribute(.links, 7, tables)
            }
            try set.edit(folder.number) { object throws(RepairError) in
                try object.editBlock(0) { (bytes, order) throws(FormatError) in
                    try FatZAPHeader.Layout.entryCount.write(9999, into: &bytes, order)
                }
            }
        }
        try transaction.editDataset(hex.object) { set throws(RepairError) in
            try set.edit(tree) { object throws(RepairError) in
                try object.setWord("ghost", 8 << 60 | 99_999)
            }
        }
        try transaction.editDataset(child.object) { set throws(RepairError) in
            try set.edit(file) { object throws(RepairError) in
                try object.set(Dnode.Layout.used, 77 << 9)
            }
        }
        _ = try encrypted.copy.commit(transaction)
        // A bit of what is encrypted.
        let after = try encrypted.contents()
        let lost = try encrypted.file("big", of: hex.name, after).object
        let pointer = try lost.tree.pointer(level: 0, index: 1)
        let device = try FileHandle(
            forUpdating: URL(fileURLWithPath: "\(encrypted.copy.path)/d0"))
        defer { try? device.close() }
        // Behind the first two labels and the boot block.
        try device.seek(toOffset: pointer.dva(0).offset + 0x40_0000)
        try device.write(contentsOf: Data([1, 2, 3, 4]))
        return [
            "zpl.link-count-mismatch", "zap.num-entries-mismatch", "zpl.dirent-to-free-object",
            "dnode.used-mismatch", "block.checksum",
        ]
    }

    private static func repaired(
        _ encrypted: EncryptedPool, unlocked: Bool, _ folder: ScratchFolder
    ) throws -> (rounds: [(plan: RepairPlan, log: String)], left: [Problem]) {
        var repairer = try encrypted.repairer(unlocked: unlocked)
        var findings = try repairer.check()
        var rounds: [(plan: RepairPlan, log: String)] = []
        while rounds.count < 3,
            let plan = try repairer.plan(findings, cures: CureCatalogue.all, time: 2_000_000_000)
        {
            rounds.append((plan, "\(folder.path)/undo\(rounds.count)"))
            try repairer.commit(plan, undoLog: rounds[rounds.count - 1].log, isWatched: false)
            repairer = try repairer.reopened()
            findings = try repairer.check()
        }
        return (rounds, findings.problems.filter { $0.kind.severity.isDamage })
    }

    private static func undo(
        _ rounds: [(plan: RepairPlan, log: String)], _ encrypted: EncryptedPool,
        _ folder: ScratchFolder
    ) throws {
        for (index, round) in rounds.enumerated().reversed() {
            let log = try UndoLog.read(try FileDevice(path: round.log))
            try UndoRun(pool: try encrypted.copy.open(), log: log)
                .run(undoLog: "\(folder.path)/redo\(index)")
        }
    }

    /// Without keys that damage stays, and whoever asks for a plan is told which keys it takes.
    private static func expectRefusal(_ encrypted: EncryptedPool) throws {
        let repairer = try encrypted.repairer(unlocked: false)
        let findings = try repairer.check()
        do throws(RepairError) {
            let plan = try repairer.plan(
                findings, cures: CureCatalogue.all, time: 2_000_000_000)
            Issue.record("there is a plan of \(plan?.actions.count ?? 0) actions")
        } catch {
            #expect("\(error)".contains("--key-file crypt/hex=FILE"), "\(error)")
        }
    }

    @Test func `damage in encrypted datasets is found, cured and taken back with their keys`()
        throws
    {
        let encrypted = try EncryptedPool("crypt")
        let intact = try encrypted.read("f", of: "crypt/pass/child", try encrypted.contents())
        let expected = try Self.damage(encrypted)
        let before = try encrypted.copy.image()
        let found = try encrypted.repairer().check()
        let codes = Set(found.problems.map(\.kind.code))
        #expect(codes.isSuperset(of: expected), "\(codes.sorted())")
        try Self.expectRefusal(encrypted)
        let folder = try ScratchFolder()
        let (rounds, left) = try Self.repaired(encrypted, unlocked: true, folder)
        #expect(!rounds.isEmpty)
        #expect(left.map(\.kind.code) == [])
        try Self.undo(rounds, encrypted, folder)
        #expect(try encrypted.copy.image() == before)
        for round in rounds {
            try CommitSequence.run(
                round.plan.commit, on: try encrypted.copy.targets(try encrypted.copy.open()))
        }
        let after = try encrypted.contents()
        #expect(try encrypted.file("big", of: "crypt/pass", after).attributes.links == 1)
        #expect(try encrypted.read("f", of: "crypt/pass/child", after) == intact)
        if let judged = try encrypted.zdbReads("f", of: "crypt/pass/child") {
            #expect(judged == intact)
        }
        for name in ["crypt/pass", "crypt/hex"] { try encrypted.expectReadable(name) }
        try encrypted.copy.expectSound(pool: "crypt")
        #expect(try encrypted.repairer().check().problems.map(\.kind.code) == [])
    }

    @Test func `what is damaged in the MOS is cured without any key`() throws {
        let encrypted = try EncryptedPool("crypt")
        let pool = try encrypted.copy.open()
        var editor = PoolEditor(
            reader: pool.reader, uberblock: pool.uberblock,
            files: pool.candidate.devices.mapValues(\.name))
        let root = try #require(try pool.datasets().root.head)
        // Found before anything is overwritten.
        let map = try #require(
            pool.meta.set.firstObject { $0.type == .spaceMap && $0.bonus.contains { $0 != 0 } })
        let order = try editor.object(root.stored.directory).order
        try editor.editBonus(of: root.stored.directory) { bytes in
            try DSLDirectory.Layout.usedBytes.write(77, into: &bytes, order)
        }
        try editor.editBonus(of: map.number) { bytes in
            try SpaceMapHeader.Layout.allocated.write(512, into: &bytes, map.order)
        }
        let before = try encrypted.copy.image()
        let folder = try ScratchFolder()
        let (rounds, left) = try Self.repaired(encrypted, unlocked: false, folder)
        #expect(Set(rounds.flatMap { $0.plan.actions.map(\.cure) }) == ["accounting", "spacemaps"])
        #expect(left.map(\.kind.code) == [])
        #expect(try encrypted.repairer().check().problems.map(\.kind.code) == [])
        if let zdb = try encrypted.copy.zdb("crypt") { #expect(zdb.status == 0, "\(zdb.text)") }
        try Self.undo(rounds, encrypted, folder)
        #expect(try encrypted.copy.image() == before)
    }
}

extension ObjectSet {
    /// The first object for which `isWanted` says so.
    fileprivate func firstObject(_ isWanted: (DMUObject) -> Bool) -> DMUObject? {
        var found: DMUObject?
        forEachDnode { visit in
            if found == nil, case .object(let object) = visit, isWanted(object) { found = object }
        }
        return found
    }
}
