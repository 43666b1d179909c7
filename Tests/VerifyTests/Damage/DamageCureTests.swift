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

/// The same damage, cured: planned, previewed, written in as many rounds as it takes, found no more, sound for zdb, and
/// taken back bit for bit.
@Suite struct DamageCureTests {
    /// The cures that are proven here.
    private static let cures: Set<String> = [
        "zap", "files", "dnodes", "blocks", "zil", "side-objects", "errors", "labels", "nvlist",
        "config", "livelists", "stuck", "pointers",
    ]

    /// What is proven in every run: labels, configurations, lists that are no blocks' own.
    private static let always: Set<String> = [
        "labels with the GUID of another top-level vdev", "labels that leave a feature out",
        "a boot environment of a version that there is not", "a pool without its configuration",
        "a configuration that can't be read", "a vdev that names the object of another",
        "a side of a mirror with the number of another", "a spare without a GUID",
        "a ring of times that knows the future", "a block in use that is to be freed next",
        "a destroyed clone under another number", "a mapping to be condensed into nothing",
        "a queue of destroyed datasets that can't be read", "missed groups that are yet to come",
        "a configuration in which names need not be unique",
        "an expansion that has ended and runs", "an expansion that has not begun and has",
        "a dRAID whose groups don't fill it",
        "a checksum that is not the one in the snapshot's pointer to the block",
        "a wrong pointer that a snapshot shares with what came after it",
        "a copy that the entry does not know", "a copy that only the pointer knows",
        "a pointer to no log that is not empty",
        "a mapping of a removal that can't be read", "a removal of a vdev that there is not",
    ]

    /// Damage that no repair puts right, with why.
    static let exceptions: [String: String] = [
        "a mapping that can't be read": "what lay on the removed vdev can't be found without it",
        "a gap in a removed vdev's mapping": "where it led to stands nowhere else",
        "attributes in a layout that there is not": "which attributes stand where is not known",
        "an indirect block that leads to itself": "which dnodes it had is not known",
        "an indirect block that leads to the one above it": "which dnodes it had is not known",
        "a block of dnodes that is reached twice": "either place may be the right one",
        "labels with a dRAID that can't be": "which of its numbers is the wrong one no label tells",
        "a device that was cut off": "what stood behind its end is nowhere else",
        "a volume whose table is no volume's": "the size is right, and nobody looks at the type",
        "a space map of two million debug entries in one block":
            "the cure of space maps is another",
    ]

    static let curable = DamageTests.cases.filter { damage in
        exceptions[damage.description] == nil
            && (damage.pool == "removing"
                || damage.kinds.contains { kind in
                    kind.severity.isDamage
                        && (cures.contains(kind.cure ?? "") || kind == .uberblockReflow)
                })
    }

    /// A few of them where there is no time for all.
    static let cases = curable.enumerated()
        .filter {
            Effort.isThorough || $0.offset % 8 == 0 || always.contains($0.element.description)
        }
        .map(\.element)

    @Test("damage is cured and nothing else is changed", arguments: cases)
    func cured(damage: DamageCase) throws {
        let pool = try EditedPool(damage.pool)
        _ = try damage.damage(pool)
        let before = try image(pool)
        let folder = try ScratchFolder()
        var repairer = Repairer(
            PoolContents(try pool.open()), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
        var findings = try repairer.check()
        #expect(findings.problems.contains { $0.kind.severity.isDamage })
        var logs: [String] = []
        while logs.count < 4,
            let plan = try repairer.plan(findings, cures: CureCatalogue.all, time: 2_000_000_000)
        {
            logs.append("\(folder.path)/undo\(logs.count)")
            try repairer.commit(plan, undoLog: logs[logs.count - 1], isWatched: false)
            repairer = try repairer.reopened()
            findings = try repairer.check()
        }
        // What a snapshot has it keeps.
        let snapshots = Set(
            try pool.open().datasets().datasets.filter(\.isSnapshot).map(\.object))
        let left = findings.problems.filter { problem in
            problem.kind.severity.isDamage
                && problem.location.objectSet.map { snapshots.contains($0) } != true
        }
        #expect(left.map { "\($0.kind.code) \($0.location.record)" } == [])
        #expect(!logs.isEmpty)
        if let verdict = try Self.zdb(pool), verdict.status != 0 {
            // It may not be content with the pool in any state: for features that it does not know, or damage of old.
            let first = try Self.zdb(try EditedPool(damage.pool))
            #expect(verdict.status == first?.status, "\(verdict.text) \(verdict.errorText)")
        }
        for log in logs.reversed() {
            try UndoRun(pool: try pool.open(), log: try UndoLog.read(try FileDevice(path: log)))
                .run(undoLog: "\(log).redo")
        }
        #expect(try image(pool) == before)
    }

    private static func zdb(_ pool: EditedPool) throws -> Command? {
        try Zdb.walk(try pool.open().name, in: pool.path)
    }

    private func image(_ pool: EditedPool) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(atPath: pool.path)
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(pool.path)/\($0)")))
            })
    }
}
