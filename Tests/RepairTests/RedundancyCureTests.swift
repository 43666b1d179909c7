import Blocks
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

/// Bad copies and parity written anew in place: found, previewed, written, gone, sound for zdb and an import, and taken back
/// bit for bit.
@Suite struct RedundancyCureTests {
    /// Damage of one layout: every second device of what a block takes, as far as its redundancy goes.
    struct Case: Sendable, CustomTestStringConvertible {
        /// The pool of `TestPools/`, and its own name.
        let archive: String
        let pool: String
        let dataset: String
        let object: UInt64
        let role: CopyRun.Role
        var testDescription: String { "\(archive): \(role)" }
    }

    static let cases = [
        Case(archive: "basic", pool: "basic", dataset: "mos", object: 1, role: .copy),
        Case(archive: "mirror", pool: "mir3", dataset: "mir3", object: 73, role: .copy),
        Case(archive: "raidz1", pool: "rz1", dataset: "rz1/large", object: 2, role: .dataColumn(1)),
        Case(archive: "raidz1", pool: "rz1", dataset: "rz1/large", object: 3, role: .parity(0)),
        Case(archive: "gangraidz", pool: "gangraidz", dataset: "mos", object: 1, role: .parity(1)),
        Case(archive: "raidz3", pool: "rz3", dataset: "rz3/k16", object: 2, role: .parity(2)),
        Case(
            archive: "expanded", pool: "expanded", dataset: "expanded", object: 22, role: .parity(0)
        ),
        Case(archive: "draid2", pool: "dr2", dataset: "dr2/k8", object: 2, role: .dataColumn(2)),
        Case(archive: "draid2", pool: "dr2", dataset: "dr2/k8", object: 2, role: .parity(1)),
        Case(archive: "draid2", pool: "dr2", dataset: "dr2/k8", object: 2, role: .filler),
        Case(archive: "removal", pool: "removal", dataset: "mos", object: 1, role: .copy),
    ]

    @Test("bad copies are mended in place, and undo gives them back", arguments: cases)
    func cured(_ item: Case) throws {
        let copy = try PoolCopy(item.archive)
        let spoiled = try spoil(item, copy)
        #expect(spoiled > 0)
        let before = try image(copy)
        let pool = try copy.open()
        let repairer = Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2, depth: .deep), meter: ProgressMeter(),
            interruption: Interruption())
        let findings = try repairer.check()
        #expect(
            Set(findings.problems.filter { $0.kind.severity.isDamage }.map(\.kind.family))
                == ["redundancy"])
        let plan = try #require(
            try repairer.plan(findings, cures: [RedundancyCure.self], time: 2_000_000_000))
        #expect(plan.classes == [.restore])
        let folder = try ScratchFolder()
        let log = "\(folder.path)/undo"
        try repairer.commit(plan, undoLog: log, isWatched: false)
        let after = try repairer.reopened().check()
        #expect(after.problems.filter { $0.kind.severity.isDamage }.map(\.kind.code) == [])
        try UndoRun(pool: try copy.open(), log: try UndoLog.read(try FileDevice(path: log)))
            .run(undoLog: "\(folder.path)/redo")
        #expect(try image(copy) == before)
        try CommitSequence.run(plan.commit, on: try copy.targets(pool))
        try copy.expectSound(pool: item.pool)
    }

    @Test func `whatever part of the new bytes arrives, the block can be read`() throws {
        let copy = try PoolCopy("mirror")
        let item = Self.cases[1]
        _ = try spoil(item, copy)
        let pool = try copy.open()
        let repairer = Repairer(
            PoolContents(pool), VerifyOptions(threadCount: 2, depth: .deep), meter: ProgressMeter(),
            interruption: Interruption())
        let plan = try #require(
            try repairer.plan(
                try repairer.check(), cures: [RedundancyCure.self], time: 2_000_000_000))
        let set = try pool.objectSet(of: try #require(try pool.datasets().dataset(named: "mir3")))
        let good = try set.object(item.object).block(0)
        let targets = try copy.targets(pool)
        for write in plan.commit.stages[0] {
            try targets[write.device]?.write(write.patch)
            let now = try copy.open()
            let set = try now.objectSet(of: try #require(try now.datasets().dataset(named: "mir3")))
            #expect(try set.object(item.object).block(0) == good)
        }
    }

    @Test func `a pool without bad copies has nothing for the cure`() throws {
        let copy = try PoolCopy("mirror")
        let repairer = Repairer(
            PoolContents(try copy.open()), VerifyOptions(threadCount: 2, depth: .deep),
            meter: ProgressMeter(), interruption: Interruption())
        #expect(
            try repairer.plan(try repairer.check(), cures: [RedundancyCure.self], time: 0) == nil)
    }

    /// Inverts the first bytes of runs of up to four blocks of an object, and returns how many.
    private func spoil(_ item: Case, _ copy: PoolCopy) throws -> Int {
        let pool = try copy.open()
        let set: ObjectSet
        if item.dataset == "mos" {
            set = pool.meta.set
        } else {
            let dataset = try #require(try pool.datasets().dataset(named: item.dataset))
            set = try pool.objectSet(of: dataset)
        }
        let object = try set.object(item.object)
        var runs: [CopyRun] = []
        for index in UInt64(0)..<4 {
            guard let pointer = try? object.tree.pointer(level: 0, index: index),
                !pointer.isHole, !pointer.isEmbedded
            else { continue }
            let stored = try pool.reader.readStored(pointer).bytes
            // Of several copies the first; of a mirror's sides all but the last.
            var own: [CopyRun] = []
            try pool.vdevs.forEachCopy(
                of: stored.rawBytes, at: pointer.dva(0), birth: pointer.physicalBirth
            ) { run, _ in
                if run.role == item.role, !run.isBehind, pool.vdevs.leaves[run.leaf].device != nil {
                    own.append(run)
                }
            }
            runs += own.count > 1 && item.role == .copy ? own.dropLast() : own
        }
        for run in runs {
            let name = try #require(pool.vdevs.leaves[run.leaf].device).name
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: name))
            defer { try? handle.close() }
            try handle.seek(toOffset: run.offset)
            let old = try #require(try handle.read(upToCount: 16))
            try handle.seek(toOffset: run.offset)
            try handle.write(contentsOf: Data(old.map { ~$0 }))
        }
        return runs.count
    }

    private func image(_ copy: PoolCopy) throws -> [String: Data] {
        let files = try FileManager.default.contentsOfDirectory(atPath: copy.path)
        return Dictionary(
            uniqueKeysWithValues: try files.map {
                ($0, try Data(contentsOf: URL(fileURLWithPath: "\(copy.path)/\($0)")))
            })
    }
}
