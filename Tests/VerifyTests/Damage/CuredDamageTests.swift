import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Verify

/// What the damage maker makes, cured: found, previewed, written, gone, sound for zdb and for an import, and taken back bit
/// for bit.
@Suite struct CuredDamageTests {
    /// The cures that are proven here.
    private static let cures: Set<String> = [
        "dsl", "accounting", "deadlists", "livelists", "stuck", "dedup", "clones",
    ]
    /// Damage that no repair puts right, with why.
    private static let exceptions: [String: String] = [
        "a configuration that names no metaslab array": "no metaslab is known that has room",
        "metaslabs of 2^63 bytes": "no metaslab is known that has room",
    ]
    /// Damage of a kind that has no cure but where work can be given up.
    private static let givenUp = "a mapping of a removal that does not add up"
    static let all =
        DamageTests.cases.filter { damage in
            exceptions[damage.description] == nil
                && (damage.description == givenUp
                    || damage.kinds.contains { cures.contains($0.cure ?? "") }
                    || !damage.kinds.isEmpty
                        && damage.kinds.allSatisfy { $0.cure == "spacemaps" })
        } + DamageCase.entangled
    /// One of each cure; the others take minutes.
    static let cases =
        Effort.isThorough
        ? all
        : [
            "a listed block of the future", "a livelist that counts too much",
            "a record without a length", "a record of another block's contents",
            "an entry of another block's contents", "a record of another day",
            "a record of a store that has no such entry", "a clone that counts one more",
            "a checkpoint's map that allocates", "a lost directory without a parent",
            "a metaslab array that goes on behind the last one", "a log with a wrong total",
            "a snapshot that was taken in the future", "logs called a and 0a",
            "a log that can't be read", "clones without their table",
            "more obsolete bytes than a piece has",
            "an obsolete block of a vdev that was not removed",
            "a dataset without blocks whose pointer is not empty",
            "a list of logs that is no table", "statistics of dedup that can't be read",
            givenUp,
        ].compactMap { name in
            all.first { $0.description == name }
        }

    @Test("what is damaged is cured, and undo gives the image back", arguments: cases)
    func cured(damage: DamageCase) throws {
        let pool = try EditedPool(damage.pool)
        _ = try damage.damage(pool)
        try prove(pool, CureCatalogue.all)
    }

    @Test func `an object that nothing leads to is freed where that is asked for`() throws {
        let damage = try #require(
            DamageTests.cases.first { $0.description == "an object that nothing leads to" })
        let pool = try EditedPool(damage.pool)
        let found = Set(try damage.damage(pool).compactMap(\.location.object))
        func leaked() throws -> Set<UInt64> {
            Set(
                try pool.verify().problems.filter { $0.kind == .objectLeaked }
                    .compactMap(\.location.object))
        }
        #expect(try leaked() == found)
        try prove(pool, [LeftoverCure.self])
        #expect(try leaked() == [])
    }

    @Test func `stale errors are taken out where that is asked for`() throws {
        let damage = try #require(
            DamageTests.cases.first { $0.description == "errors that are no more" })
        let pool = try EditedPool(damage.pool)
        _ = try damage.damage(pool)
        try prove(pool, [ErrorLogCure.self])
    }

    private func prove(_ pool: EditedPool, _ cures: [any Cure.Type]) throws {
        let before = try image(pool)
        let opened = try pool.open()
        let repairer = Repairer(
            PoolContents(opened), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption())
        let findings = try repairer.check()
        let plan = try #require(
            try repairer.plan(findings, cures: cures, time: 2_000_000_000))
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let after = try repairer.reopened().check()
        expectNothing(after)
        try UndoRun(pool: try pool.open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try image(pool) == before)
        try CommitSequence.run(plan.commit, on: try PoolTargets.open(opened))
        try expectSound(pool, opened.name)
    }

    private func expectSound(_ pool: EditedPool, _ name: String) throws {
        if let zdb = try Zdb.walk(name, in: pool.path) {
            #expect(zdb.status == 0, "\(zdb.text) \(zdb.errorText)")
            #expect(zdb.text.contains("No leaks"), "\(zdb.text)")
        }
        guard Command.exists("zhack"), geteuid() == 0 else { return }
        let imported = try Command(
            "\(Project.root)/Scripts/import-in-userland", [pool.path, name])
        #expect(imported.status == 0, "\(imported.text) \(imported.errorText)")
        expectNothing(try pool.verify())
    }

    /// Objects that nothing leads to any more are another cure's.
    private func expectNothing(_ result: VerifyResult) {
        let left = result.problems.filter { $0.kind.severity.isDamage }
        #expect(left.map { "\($0.kind.code) \($0.location.record)" } == [])
    }

    private func image(_ pool: EditedPool) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(atPath: pool.path)
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(pool.path)/\($0)")))
            })
    }
}
