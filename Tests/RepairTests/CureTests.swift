import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Verify

/// Damage of all kinds, cured: found, previewed, written, gone, sound for zdb and an import, and taken back bit for bit.
@Suite struct CureTests {
    static let cases = [
        "basic-label-checksum", "basic-label-of-another-pool", "basic-label0-string-with-nul",
        "basic-labels-012-wiped", "basic-dsl-used-off", "basic-spacemap-double-free",
        "basic-log-spacemap-double-free", "snaps-snapshot-without-name",
        "snaps-unique-bytes-wrong",
    ]

    @Test("a cured pool is sound for everybody, and undo gives the image back", arguments: cases)
    func cured(name: String) throws {
        let copy = try PoolCopy(case: name)
        let before = try copy.image()
        let pool = try copy.open()
        let repairer = repairer(pool)
        let findings = try repairer.check()
        #expect(findings.problems.contains { $0.kind.severity.isDamage })
        let plan = try #require(
            try repairer.plan(findings, cures: CureCatalogue.all, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let after = try repairer.checkAgain()
        #expect(after.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code) == [])
        let archive = try #require(name.split(separator: "-").first)
        // Before OpenZFS imports it, which moves it on.
        try UndoRun(pool: try copy.open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try copy.image() == before)
        try CommitSequence.run(plan.commit, on: try copy.targets(pool))
        try copy.expectSound(pool: String(archive))
    }

    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }
}
