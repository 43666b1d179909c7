import Bytes
import Datasets
import Devices
import Files
import Foundation
import Objects
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// What is wrong in a snapshot and in what came after it alike: the snapshot keeps it, and the current states get what can be had.
///
/// zdb tells of file 18 of snaps/a that it shares its block of pointers with snaps/a@deux, that its first data block is older than
/// snaps/a@one, and that its third was written between the two; the clone of snaps/a@deux has the third as well.
@Suite struct SharedDamageCureTests {
    private static let file: UInt64 = 18
    private static let head: UInt64 = 145
    private static let snapshot: UInt64 = 83

    private func repaired(_ pool: EditedPool) throws -> (plan: RepairPlan, after: VerifyResult) {
        let repairer = Repairer(
            PoolContents(try pool.open()), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
        let before = try image(pool)
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let done = try image(pool)
        try UndoRun(pool: try pool.open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try image(pool) == before)
        try CommitSequence.run(plan.commit, on: try PoolTargets.open(repairer.pool))
        #expect(try image(pool) == done)
        let again = try repairer.reopened()
        let after = try again.check()
        // Nothing is left to be done for anybody.
        #expect(try again.plan(after, cures: CureCatalogue.all, time: 2_000_000_001) == nil)
        return (plan, after)
    }

    private func image(_ pool: EditedPool) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: pool.device("d0")))
    }

    private func block(_ index: UInt64, of set: UInt64, _ pool: EditedPool) throws -> [UInt8] {
        let opened = try pool.open()
        let dataset = try #require(try opened.datasets().dataset(object: set))
        return try opened.objectSet(of: dataset).object(Self.file).block(index)
    }

    @Test func `a pointer that is right in the snapshot before goes into the current state`() throws
    {
        let pool = try EditedPool("snaps")
        let expected = try block(0, of: Self.head, pool)
        try pool.damageShared(try pool.block(Self.snapshot, Self.file), with: Self.head)
        #expect(throws: (any Error).self) { try block(0, of: Self.head, pool) }
        let (plan, after) = try repaired(pool)
        #expect(plan.classes == [.restore])
        #expect(plan.actions.flatMap(\.losses).isEmpty)
        #expect(plan.actions.map(\.cure) == ["pointers"])
        #expect(try block(0, of: Self.head, pool) == expected)
        // The snapshot keeps it, and it is told once.
        let left = after.problems.filter { $0.kind.severity.isDamage }
        #expect(left.map(\.kind.code) == ["blkptr.differs-from-snapshot"])
        #expect(left.map(\.location.objectSet) == [Self.snapshot])
    }

    @Test func `a block that a snapshot lost becomes a hole in what shares it, by consent`() throws
    {
        let pool = try EditedPool("snaps")
        let lost = try pool.block(Self.snapshot, Self.file, 2)
        let others = try block(3, of: Self.head, pool)
        try pool.editor.overwrite(
            vdev: 0, at: lost.address.offset, with: [UInt8](repeating: 0xa5, count: 64))
        let (plan, after) = try repaired(pool)
        #expect(plan.classes == [.discard])
        let losses = plan.actions.flatMap(\.losses)
        // zdb finds the block in snaps/a and in the clone of snaps/a@deux.
        #expect(Set(losses.compactMap(\.dataset)) == ["snaps/a", "snaps/clone"])
        #expect(losses.allSatisfy { $0.object == Self.file && $0.range == 0x40000..<0x60000 })
        #expect(try block(2, of: Self.head, pool).allSatisfy { $0 == 0 })
        #expect(try block(3, of: Self.head, pool) == others)
        let left = after.problems.filter { $0.kind.severity.isDamage }
        #expect(left.map(\.location.objectSet) == [Self.snapshot])
    }
}
