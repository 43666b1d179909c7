import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// Uberblocks put right, and older states continued: planned, previewed, written, sound for zdb and an import, and taken back.
@Suite struct RingCureTests {
    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    private func image(_ copy: PoolCopy) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(atPath: copy.path)
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(copy.path)/\($0)")))
            })
    }

    private func open(_ copy: PoolCopy, _ txg: UInt64) throws -> Pool {
        let candidate = try #require(PoolFinder().find(in: [copy.path]).pools.first)
        return try Pool.open(candidate, PoolOptions(.txg(TransactionGroup(txg))))
    }

    /// Goes through all steps; returns the plan.
    @discardableResult
    private func cure(
        _ copy: PoolCopy, _ pool: Pool, _ cures: [any Cure.Type]
    ) throws -> RepairPlan {
        let before = try image(copy)
        let repairer = repairer(pool)
        let plan = try #require(
            try repairer.plan(try repairer.check(), cures: cures, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let after = try repairer.reopened().check()
        #expect(after.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code) == [])
        #expect(try copy.open().txg == plan.commit.txg)
        try UndoRun(pool: try copy.open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try image(copy) == before)
        try CommitSequence.run(plan.commit, on: try copy.targets(pool))
        try copy.expectSound(pool: try copy.open().name)
        return plan
    }

    @Test(
        "uberblocks are put right",
        arguments: [
            ("basic-newest-uberblock-garbage", UInt64(92)), ("basic-uberblock-txg-huge", 91),
        ])
    func cured(name: String, txg: UInt64) throws {
        let copy = try PoolCopy(case: name)
        let plan = try cure(copy, try copy.open(), CureCatalogue.all)
        #expect(plan.commit.txg.rawValue == txg)
        #expect(plan.classes == [.discard])
    }

    @Test(
        "how far an expansion has come is found out by where its blocks are",
        arguments: [(UInt64(0), UInt64(0)), (511, 0x7f_ffff_ffff)]
            + (Effort.isThorough
                ? [(0, 1), (4, 1), (4, 0x7f_ffff), (9, 67968), (2, 200_000)] : []))
    func reflown(state: UInt64, sector: UInt64) throws {
        let word = state << 55 | sector
        let copy = try PoolCopy("expanding")
        let pool = try copy.open()
        // zdb -lu says so of the healthy pool.
        #expect(pool.uberblock.reflow.offset == 34_799_616)
        try copy.editUberblock { bytes, order in
            try Uberblock.Layout.reflow.write(word, into: &bytes, order)
        }
        let damaged = try copy.open()
        #expect(damaged.txg == pool.txg)
        let plan = try cure(copy, damaged, CureCatalogue.all)
        #expect(Set(plan.cured.map(\.kind.code)) == ["uberblock.reflow"])
        #expect(plan.commit.uberblock.reflow == damaged.reflow)
    }

    @Test func `where nothing is expanded an uberblock is to say nothing of it`() throws {
        let copy = try PoolCopy("basic")
        try copy.editUberblock { bytes, order in
            try Uberblock.Layout.reflow.write(2 << 55, into: &bytes, order)
        }
        let plan = try cure(copy, try copy.open(), CureCatalogue.all)
        #expect(plan.commit.uberblock.reflow.word == 0)
    }

    @Test func `the pool's configuration is mended by the labels`() throws {
        let copy = try PoolCopy(case: "basic-mos-config-string-with-nul")
        let plan = try cure(copy, try copy.open(), CureCatalogue.all)
        #expect(plan.cured.map(\.kind) == [.nvlistEmbeddedNUL])
        #expect(plan.classes == [.rebuild])
        #expect(try copy.open().name == "basic")
    }

    @Test(
        "an older state goes on as a new group",
        arguments: [
            ("snaps", UInt64(65)), ("basic", 60), ("mirror", 21), ("raidz1", 11),
            ("logspacemap", 31), ("zil", 25), ("snaps", 12),
        ])
    func rewound(name: String, txg: UInt64) throws {
        let copy = try PoolCopy(name)
        let newest = try copy.open()
        let names = Set(try newest.datasets().datasets.map(\.name))
        let older = try open(copy, txg)
        let wanted = Set(try older.datasets().datasets.map(\.name))
        let plan = try cure(copy, older, [RewindCure.self])
        #expect(plan.commit.txg.rawValue == newest.txg.rawValue + 1)
        #expect(plan.classes == [.discard])
        let lost = Set(plan.actions.flatMap(\.losses).compactMap(\.dataset))
        #expect(lost.isSuperset(of: names.subtracting(wanted)))
        // What zdb and the import did since has made no dataset.
        #expect(Set(try copy.open().datasets().datasets.map(\.name)) == wanted)
    }

    @Test func `until the commit is done the newer state stays whole`() throws {
        let copy = try PoolCopy("snaps")
        let older = try open(copy, 48)
        let repairer = repairer(older)
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: [RewindCure.self], time: 2_000_000_000))
        let targets = try copy.targets(older)
        for write in plan.commit.stages[0] { try targets[write.device]?.write(write.patch) }
        for target in targets.values { try target.flush() }
        #expect(try copy.open().txg.rawValue == 93)
        try copy.expectSound(pool: "snaps", importing: false)
    }

    @Test(
        "there is no way back to what is no longer whole, or has other vdevs",
        arguments: [
            ("snaps", UInt64(19), "can't be read any more"),
            ("removal", 72, "vdevs were added, removed or replaced"),
            ("checkpoint", 28, "has a checkpoint"),
        ])
    func refused(name: String, txg: UInt64, cause: String) throws {
        let pool = try open(try PoolCopy(name), txg)
        let repairer = repairer(pool)
        #expect {
            try repairer.plan(
                try repairer.check(), cures: [RewindCure.self], time: 2_000_000_000)
        } throws: { error in
            "\(error)".contains(cause)
        }
    }
}
