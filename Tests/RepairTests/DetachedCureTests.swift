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

/// A side of a mirror that `zpool detach` took out: known for what it is, and made a pool again.
@Suite struct DetachedCureTests {
    /// The detached side alone.
    private func side() throws -> PoolCopy {
        let copy = try PoolCopy("detached")
        try FileManager.default.removeItem(atPath: "\(copy.path)/d0")
        return copy
    }

    private func found(_ copy: PoolCopy, takesDetached: Bool = true) -> PoolFindings {
        PoolFinder(takesDetached: takesDetached).find(in: [copy.path])
    }

    private func repairer(_ copy: PoolCopy) throws -> Repairer {
        let pool = try Pool.open(try #require(found(copy).pools.first))
        return Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }

    private func plan(
        _ repairer: Repairer, for kinds: Set<ProblemKind> = [.labelDetached, .deviceMissing]
    ) throws -> RepairPlan {
        let findings = try repairer.check()
        #expect(Set(findings.problems.map(\.kind)) == kinds)
        return try #require(
            try repairer.plan(findings, cures: [LabelCure.self], time: 2_000_000_000))
    }

    @Test func `a detached side says what became of it`() throws {
        let copy = try side()
        let findings = found(copy, takesDetached: false)
        #expect(findings.pools.isEmpty)
        let reason = try #require(findings.rejected.first).reason
        let txg = try #require(found(copy).pools.first?.newestUberblock?.txg)
        #expect(
            reason.contains(
                "was detached from mirror-0 of the pool detached (GUID "), "\(reason)")
        #expect(reason.contains("after txg \(txg): its labels are of txg 0"), "\(reason)")
        #expect(reason.hasSuffix("labels\" makes it a pool again"), "\(reason)")
    }

    @Test func `beside the side that stayed it is no pool`() throws {
        let copy = try PoolCopy("detached")
        let pool = try #require(found(copy).pools.first)
        #expect(pool.detached == nil)
        #expect(pool.members.map(\.name) == ["\(copy.path)/d0"])
    }

    @Test func `it becomes a pool again, and what is done is taken back bit for bit`() throws {
        let copy = try side()
        let before = try copy.image()
        let repairer = try repairer(copy)
        let plan = try plan(repairer)
        #expect(plan.classes == [.discard])
        #expect(plan.actions.flatMap(\.losses).count == 2)
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let pool = try copy.open()
        #expect(pool.txg == plan.commit.txg)
        #expect(plan.commit.missed == [])
        try UndoRun(pool: pool, log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try copy.image() == before)

        let again = try self.repairer(copy)
        try again.commit(try self.plan(again), undoLog: "\(log)2", isWatched: false)
        let after = try again.reopened().check()
        #expect(after.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code) == [])
        #expect(after.unchecked.map { "\($0.what): \($0.why)" } == [])
        try copy.expectSound(pool: "detached")
    }

    @Test func `its configuration becomes what ZFS made of the side that stayed`() throws {
        let copy = try side()
        let repairer = try repairer(copy)
        let plan = try plan(repairer)
        let made = try RepairPreview.pool(after: plan, of: repairer.pool)
        let whole = try PoolCopy("detached").open()
        let expected = try #require(whole.rootConfig.children.first)
        let found = try #require(made.rootConfig.children.first)
        let own: Set<String> = [ConfigKey.path, ConfigKey.leafZAP]
        #expect(found.list.differences(from: expected.list, ignoring: own) == [])
        #expect(made.uberblock.guidSum == whole.uberblock.guidSum)
    }

    @Test func `through an overlay it is a pool for everybody`() throws {
        let copy = try side()
        let before = try copy.image()
        let repairer = try repairer(copy)
        let folder = try ScratchFolder()
        let path = "\(folder.path)/overlay"
        let plan = try plan(repairer)
        try repairer.write(plan, overlay: path, over: nil)
        #expect(try copy.image() == before)
        let candidate = try PoolSelector(overlay: try PoolOverlay(path: path)).select(copy.path)
        #expect(candidate.recognised.isEmpty)
        #expect(try Pool.open(candidate).txg == plan.commit.txg)
        #expect(
            try Pool.open(repairer.reopened(overlay: path).pool.candidate).txg == plan.commit.txg)
    }

    @Test func `whatever part of the repair arrives, it is detached or a pool`() throws {
        let copy = try side()
        let repairer = try repairer(copy)
        let plan = try plan(repairer)
        let path = "\(copy.path)/d1"
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        defer { try? handle.close() }
        for write in plan.commit.writes {
            try handle.seek(toOffset: write.patch.offset)
            try handle.write(contentsOf: Data(write.patch.bytes))
            let candidate = try #require(found(copy).pools.first)
            let txg = try Pool.open(candidate).txg
            #expect([repairer.pool.txg, plan.commit.txg].contains(txg))
        }
        #expect(found(copy, takesDetached: false).pools.count == 1)
    }

    @Test func `a repair that was broken off before the labels is carried through`() throws {
        let copy = try side()
        let repairer = try repairer(copy)
        let plan = try plan(repairer)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: "\(copy.path)/d1"))
        for write in plan.commit.stages.prefix(2).joined() {
            try handle.seek(toOffset: write.patch.offset)
            try handle.write(contentsOf: Data(write.patch.bytes))
        }
        try handle.close()
        let again = try self.repairer(copy)
        #expect(again.pool.txg == plan.commit.txg)
        let folder = try ScratchFolder()
        let rest = try self.plan(again, for: [.labelDetached])
        try again.commit(rest, undoLog: "\(folder.path)/undo", isWatched: false)
        #expect(try copy.check().problems.map(\.kind.code) == [])
        #expect(try copy.open().txg == rest.commit.txg)
    }

    @Test func `a side without its uberblocks says that nothing leads to the pool`() throws {
        let copy = try side()
        let path = "\(copy.path)/d1"
        let device = try FileDevice(path: path)
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        for index in 0..<LabelPart.labelCount {
            let label = try #require(
                LabelPart.labelOffset(index, deviceSize: device.byteCount))
            try handle.seek(
                toOffset: label + UInt64(LabelPart.uberblockRing.range.lowerBound))
            try handle.write(contentsOf: Data(count: LabelPart.uberblockRing.range.count))
        }
        try handle.close()
        let findings = found(copy)
        #expect(findings.pools.isEmpty)
        let reason = try #require(findings.rejected.first).reason
        #expect(
            reason.hasSuffix("nothing on it tells where the pool's newest state begins"),
            "\(reason)")
    }

    @Test func `one side of a pool of several mirrors says that it is not all`() throws {
        let copy = try side()
        try LabelEditor.edit("\(copy.path)/d1") {
            LabelEditor.set(ConfigKey.vdevChildren, .uint64(2), in: &$0)
        }
        let reason = try #require(found(copy).rejected.first).reason
        #expect(
            reason.hasSuffix("the pool had 2 top-level vdevs, of which it holds one"), "\(reason)")
    }

    @Test func `a device that was being added is not taken for a detached one`() throws {
        let copy = try side()
        try LabelEditor.edit("\(copy.path)/d1") {
            LabelEditor.set(ConfigKey.createTxg, .uint64(40), in: &$0)
        }
        let findings = found(copy)
        #expect(findings.pools.isEmpty)
        #expect(try #require(findings.rejected.first).reason.contains("was being added"))
    }
}
