import Bytes
import Datasets
import Devices
import Files
import Repair
import TestSupport
import Testing
import Verify

extension PoolCopy {
    /// Goes through all steps of one round: found, previewed, written, gone, taken back bit for bit, and, written once
    /// more, sound for zdb and an import.
    @discardableResult
    func cure(_ cures: [any Cure.Type], found kinds: Set<ProblemKind>) throws -> RepairPlan {
        let before = try image()
        let pool = try open()
        let repairer = Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
        let findings = try repairer.check()
        #expect(Set(findings.problems.map(\.kind)).isSuperset(of: kinds))
        let plan = try #require(
            try repairer.plan(findings, cures: cures, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let after = try Repairer(
            PoolContents(try open()), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption()
        ).check()
        #expect(after.problems.filter { kinds.contains($0.kind) } == [])
        #expect(after.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code) == [])
        let name = try open().name
        try UndoRun(pool: try open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try image() == before)
        try CommitSequence.run(plan.commit, on: try targets(pool))
        try expectSound(pool: name)
        return plan
    }
}
