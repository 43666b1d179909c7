import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Verify

/// Repairs that go into a copy-on-write file, through which the pool is then seen.
@Suite struct OverlayTests {
    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    /// Plans the repair of what is found in the pool at `path` and writes it into an overlay.
    private func repair(
        _ copy: PoolCopy, cures: [any Cure.Type], overlay path: String, over old: PoolOverlay? = nil
    ) throws -> RepairPlan {
        let pool = try open(copy, old)
        let repairer = repairer(pool)
        let plan = try #require(
            try repairer.plan(try repairer.check(), cures: cures, time: 2_000_000_000))
        try repairer.write(plan, overlay: path, over: old)
        return plan
    }

    private func open(_ copy: PoolCopy, _ overlay: PoolOverlay?) throws -> Pool {
        try Pool.open(try PoolSelector(overlay: overlay).select(copy.path))
    }

    @Test func `a repair into an overlay leaves the pool alone and is seen through it`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        let plan = try repair(copy, cures: CureCatalogue.all, overlay: path)
        #expect(try copy.image() == before)
        #expect(try !copy.check().problems.isEmpty)
        let overlay = try PoolOverlay(path: path)
        #expect(overlay.newTxg == plan.commit.txg)
        #expect(overlay.oldTxg == plan.txg)
        let seen = try open(copy, overlay)
        #expect(seen.txg == plan.commit.txg)
        #expect(try repairer(seen).check().problems.filter { $0.kind.severity.isDamage } == [])
        let again = try repairer(try copy.open()).reopened(overlay: path).check()
        #expect(again.problems.filter { $0.kind.severity.isDamage } == [])
    }

    @Test func `what is seen through an overlay can't be opened for writing`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        _ = try repair(copy, cures: CureCatalogue.all, overlay: path)
        let seen = try open(copy, try PoolOverlay(path: path))
        #expect(throws: RepairError.self) { _ = try PoolTargets.open(seen) }
    }

    @Test func `a second repair goes on top of the first`() throws {
        let copy = try PoolCopy(case: "basic-many-things-at-once")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        let first = try repair(copy, cures: [SpaceMapsCure.self], overlay: path)
        let overlay = try PoolOverlay(path: path)
        let second = try repair(copy, cures: [AccountingCure.self], overlay: path, over: overlay)
        #expect(second.commit.txg.rawValue == first.commit.txg.rawValue + 1)
        let both = try PoolOverlay(path: path)
        #expect(both.oldTxg == first.txg)
        #expect(try open(copy, both).txg == second.commit.txg)
        #expect(try copy.image() == before)
    }

    @Test func `what a stopped run left beside an overlay is taken away, and nothing else`() throws
    {
        let copy = try PoolCopy(case: "basic-many-things-at-once")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        let new = "\(path).new"
        _ = try repair(copy, cures: [SpaceMapsCure.self], overlay: path)
        let overlay = try PoolOverlay(path: path)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: new))
        #expect(throws: RepairError.self) {
            _ = try repair(copy, cures: [AccountingCure.self], overlay: path, over: overlay)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: new)) == Data("mine".utf8))
        #expect(try PoolOverlay(path: path).newTxg == overlay.newTxg)
        try Data("zinspect over 1\nand no more".utf8).write(to: URL(fileURLWithPath: new))
        let other = try FileHandle(forReadingFrom: URL(fileURLWithPath: new))
        #expect(flock(other.fileDescriptor, LOCK_EX) == 0)
        #expect(throws: RepairError.self) {
            _ = try repair(copy, cures: [AccountingCure.self], overlay: path, over: overlay)
        }
        try other.close()
        _ = try repair(copy, cures: [AccountingCure.self], overlay: path, over: overlay)
        #expect(!FileManager.default.fileExists(atPath: new))
        #expect(try PoolOverlay(path: path).newTxg > overlay.newTxg)
    }

    @Test func `an existing file is never taken for a new overlay`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: RepairError.self) {
            _ = try repair(copy, cures: CureCatalogue.all, overlay: path)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
    }

    @Test func `an overlay is refused by another pool and by one that has been written to`() throws
    {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        _ = try repair(copy, cures: CureCatalogue.all, overlay: path)
        let overlay = try PoolOverlay(path: path)
        #expect {
            _ = try open(try PoolCopy("mirror"), overlay)
        } throws: { "\($0)".contains("is of the pool with GUID") }
        _ = try copy.commit(try copy.touched())
        #expect {
            _ = try open(copy, overlay)
        } throws: { "\($0)".contains("has been written to since") }
    }

    @Test func `an overlay that is cut short or spoilt is refused`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/pool.overlay"
        _ = try repair(copy, cures: CureCatalogue.all, overlay: path)
        let whole = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
        let cuts = Set((0..<64).map { whole.count * $0 / 64 } + [1, 95, 96, 191, whole.count - 1])
        for end in cuts {
            #expect(throws: PoolError.self, "\(end)") {
                _ = try PoolOverlay(MemoryDevice([UInt8](whole[..<end])))
            }
        }
        for place in Array(0..<200) + [whole.count / 2, whole.count - 1] {
            // The rest of the header's first part is left free.
            guard !(56..<64).contains(place) || place % 8 == 0 else { continue }
            var spoilt = whole
            spoilt[place] ^= 1
            #expect(throws: PoolError.self, "\(place)") {
                _ = try PoolOverlay(MemoryDevice(spoilt))
            }
        }
    }

    @Test func `an undo can be undone, and both give the image bit for bit`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let before = try copy.image()
        let pool = try copy.open()
        let repairer = repairer(pool)
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let (undo, redo) = ("\(folder.path)/undo", "\(folder.path)/redo")
        try repairer.commit(plan, undoLog: undo, isWatched: false)
        let repaired = try copy.image()
        try run(undo, copy, keeping: redo)
        #expect(try copy.image() == before)
        try run(redo, copy, keeping: "\(folder.path)/undo-again")
        #expect(try copy.image() == repaired)
        try run("\(folder.path)/undo-again", copy, keeping: "\(folder.path)/last")
        #expect(try copy.image() == before)
    }

    @Test func `an undo into an overlay leaves the pool repaired`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let pool = try copy.open()
        let repairer = repairer(pool)
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let (undo, path) = ("\(folder.path)/undo", "\(folder.path)/pool.overlay")
        try repairer.commit(plan, undoLog: undo, isWatched: false)
        let repaired = try copy.image()
        let log = try UndoLog.read(try FileDevice(path: undo))
        try UndoRun(pool: try copy.open(), log: log).run(overlay: path, over: nil)
        #expect(try copy.image() == repaired)
        #expect(try open(copy, try PoolOverlay(path: path)).txg == plan.txg)
    }

    @Test func `an undo log of another pool is refused before anything is written`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-double-free")
        let pool = try copy.open()
        let repairer = repairer(pool)
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        try repairer.commit(plan, undoLog: "\(folder.path)/undo", isWatched: false)
        let other = try PoolCopy("mirror")
        let before = try other.image()
        let log = try UndoLog.read(try FileDevice(path: "\(folder.path)/undo"))
        #expect {
            try UndoRun(pool: try other.open(), log: log).run(undoLog: "\(folder.path)/redo")
        } throws: { "\($0)".contains("is of the pool with GUID") }
        #expect(try other.image() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/redo"))
    }

    private func run(_ path: String, _ copy: PoolCopy, keeping redo: String) throws {
        let log = try UndoLog.read(try FileDevice(path: path))
        try UndoRun(pool: try copy.open(), log: log).run(undoLog: redo)
    }
}
