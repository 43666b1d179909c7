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
        "snaps-unique-bytes-wrong", "snaps-deadlist-names-a-live-block",
        "snaps-snapshot-chain-broken", "basic-user-accounting-wrong", "brt-entry-count-wrong",
        "dedup-reference-count-low", "fastdedup-log-record-of-length-zero",
    ]

    /// Damage of objects and files.
    static let objects = [
        "basic-microzap-duplicate-name", "basic-entry-to-a-freed-object", "basic-dnode-used-wrong",
        "basic-lz4-length-header", "basic-lz4-truncated-dnodes", "basic-birth-in-the-future",
    ]

    /// The rest of them where there is time.
    static let others = [
        "basic-orphan-file", "bigdir-zap-pointer-table", "basic-lz4-endless-match-in-file",
        "basic-two-files-one-block", "basic-microzap-unterminated-name",
        "basic-dnode-bonus-too-long",
        "basic-dnode-maxblkid-small", "basic-fill-count-wrong", "basic-link-count-high",
        "basic-parent-wrong", "bigdir-zap-chain-loop", "bigdir-zap-entry-count",
        "bigdir-zap-leaf-prefix-length", "basic-many-things-at-once",
    ]

    @Test(
        "a cured pool is sound for everybody, and undo gives the image back",
        arguments: cases + objects + (Effort.isThorough ? others : []))
    func cured(name: String) throws {
        let copy = try PoolCopy(case: name)
        let before = try copy.image()
        var repairer = repairer(try copy.open())
        var findings = try repairer.check()
        #expect(findings.problems.contains { $0.kind.severity.isDamage })
        let folder = try ScratchFolder()
        var rounds: [(plan: RepairPlan, log: String)] = []
        while rounds.count < Self.mostRounds,
            let plan = try repairer.plan(findings, cures: CureCatalogue.all, time: 2_000_000_000)
        {
            rounds.append((plan, "\(folder.path)/undo\(rounds.count)"))
            try repairer.commit(plan, undoLog: rounds[rounds.count - 1].log, isWatched: false)
            repairer = try repairer.reopened()
            findings = try repairer.check()
        }
        #expect(!rounds.isEmpty)
        // What a snapshot has it keeps.
        let snapshots = Set(
            try copy.open().datasets().datasets.filter(\.isSnapshot).map(\.object))
        let left = findings.problems.filter { problem in
            problem.kind.severity.isDamage
                && problem.location.objectSet.map { snapshots.contains($0) } != true
        }
        #expect(left.map(\.kind.code) == [])
        let archive = try #require(name.split(separator: "-").first)
        // Before OpenZFS imports it, which moves it on.
        for (index, round) in rounds.enumerated().reversed() {
            let log = try UndoLog.read(try FileDevice(path: round.log))
            try UndoRun(pool: try copy.open(), log: log).run(
                undoLog: "\(folder.path)/redo\(index)")
        }
        #expect(try copy.image() == before)
        for round in rounds {
            try CommitSequence.run(round.plan.commit, on: try copy.targets(try copy.open()))
        }
        try copy.expectSound(pool: String(archive))
    }

    /// What damage hid is cured in the rounds after the first.
    private static let mostRounds = 4

    private func repairer(_ pool: Pool) -> Repairer {
        Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
    }
}
