import Bytes
import Datasets
import Devices
import Files
import Foundation
import Repair
import TestSupport
import Testing
import Verify

/// Repairs that somebody stands in the way of: files that were changed, are there already, or are being written to; a user who
/// ends it. Nothing is written then, and nothing is left behind.
@Suite struct HostileRepairTests {
    private func repairer(
        _ copy: PoolCopy, _ interruption: Interruption = Interruption()
    ) throws -> Repairer {
        Repairer(
            PoolContents(try copy.open()), VerifyOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: interruption)
    }

    private func plan(_ repairer: Repairer) throws -> RepairPlan {
        try #require(
            try repairer.plan(
                try repairer.check(), cures: CureCatalogue.all, time: 2_000_000_000))
    }

    @Test func `while one repair writes to a file, another is refused`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-leak")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let repairer = try repairer(copy)
        let plan = try plan(repairer)
        let others = try copy.targets(repairer.pool)
        #expect {
            try repairer.commit(plan, undoLog: "\(folder.path)/undo", isWatched: false)
        } throws: { error in
            "\(error)".hasSuffix("d0 is being written to by another program")
        }
        #expect(try copy.image() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        withExtendedLifetime(others) {}
    }

    @Test func `who ends a repair before its first write finds nothing written`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-leak")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let interruption = Interruption()
        let plan = try plan(try repairer(copy))
        interruption.request()
        let ended = try repairer(copy, interruption)
        for isWatched in [false, true] {
            #expect(throws: RepairError.cancelled) {
                try ended.commit(
                    plan, undoLog: "\(folder.path)/undo", isWatched: isWatched)
            }
        }
        #expect(try copy.image() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `an undo log in which any byte is wrong is told to be damaged`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-leak")
        let folder = try ScratchFolder()
        let path = "\(folder.path)/undo"
        let repairer = try repairer(copy)
        try repairer.commit(try plan(repairer), undoLog: path, isWatched: false)
        let done = try copy.image()
        let log = try Data(contentsOf: URL(fileURLWithPath: path))
        var random = Seed.generator()
        // The device of the first entry is at 96.
        let places =
            [20, 50, 70, 96, 100, 130, 200]
            + (0..<20).map { _ in
                Int.random(in: 16..<log.count, using: &random)
            }
        for place in places {
            var bytes = log
            bytes[place] ^= 0x5a
            let damaged = "\(folder.path)/damaged"
            try bytes.write(to: URL(fileURLWithPath: damaged))
            #expect("\(place)") {
                let log = try UndoLog.read(try FileDevice(path: damaged))
                try UndoRun(pool: try copy.open(), log: log).run(
                    undoLog: "\(folder.path)/redo")
            } throws: { error in
                "\(error)".contains("damaged") || "\(error)".contains("not complete")
            }
        }
        #expect(try copy.image() == done)
    }

    @Test func `a plan that somebody has changed is refused`() throws {
        let copy = try PoolCopy(case: "basic-spacemap-leak")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/plan"
        try PlanFile(try plan(try repairer(copy))).save(to: path)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let changes = [
            ("\"rebuild\"", "\"restore\""), ("\"newTxg\" : ", "\"newTxg\" : 1"),
            ("\"stage\" : 3", "\"stage\" : 2"), ("\"offset\" : ", "\"offset\" : 9"),
            ("\"schema\" : ", "\"schema\" : 9"), ("\"guid\" : ", "\"guuid\" : "),
        ]
        for (old, new) in changes {
            let changed = text.replacingOccurrences(of: old, with: new)
            #expect(changed != text, "\(old)")
            try changed.write(toFile: "\(path)2", atomically: true, encoding: .utf8)
            #expect(throws: RepairError.self, "\(old)") { try PlanFile(contentsOf: "\(path)2") }
        }
        for end in [0, 1, 100, text.count / 2, text.count - 2] {
            try String(text.prefix(end)).write(
                toFile: "\(path)2", atomically: true, encoding: .utf8)
            #expect(throws: (any Error).self) { try PlanFile(contentsOf: "\(path)2") }
        }
        // What is in the way is told before anything is read.
        let undo = "\(folder.path)/undo"
        try "mine".write(toFile: undo, atomically: true, encoding: .utf8)
        for arguments in [
            ["--plan", path], ["--apply", "--undo-log", undo],
            ["--apply", "--undo-log", "\(folder.path)/no/undo"], ["--apply", "--plan", "\(path)3"],
        ] {
            let run = try Command(Project.executable, ["repair", copy.path] + arguments)
            #expect(run.status == 8, "\(run.text)")
            #expect(run.text.isEmpty, "\(run.text)")
            #expect(!run.errorText.contains("NS"), "\(run.errorText)")
        }
        #expect(try String(contentsOfFile: undo, encoding: .utf8) == "mine")
        #expect(try copy.image() == before)
    }

    @Test func `a device that may only be read is left alone, and the reason is told`() throws {
        guard Command.exists("setpriv"), geteuid() == 0 else { return }
        let copy = try PoolCopy(case: "basic-spacemap-leak")
        let before = try copy.image()
        let folder = try ScratchFolder()
        for path in [folder.path, copy.path] {
            try Command.run("chmod", "777", path)
        }
        try Command.run("chmod", "444", "\(copy.path)/d0")
        let run = try Command(
            "setpriv",
            [
                "--reuid", "65534", "--regid", "65534", "--clear-groups", Project.executable,
                "repair", copy.path, "--apply", "--yes-rebuild", "--undo-log",
                "\(folder.path)/undo",
            ])
        if run.status & 8 == 0 || !run.text.isEmpty {
            #expect(
                run.errorText.contains("d0 cannot be opened for writing: Permission denied"),
                "\(run.status) \(run.errorText)")
        }
        #expect(try copy.image() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
    }

    @Test func `what missing devices hold is not given up`() throws {
        let copy = try PoolCopy("stripe")
        let first = try #require(
            try FileManager.default.contentsOfDirectory(atPath: copy.path).sorted().first)
        try FileManager.default.removeItem(atPath: "\(copy.path)/\(first)")
        let before = try copy.image()
        let folder = try ScratchFolder()
        let run = try Zinspect.run(
            "repair", copy.path, "--apply", "--yes-rebuild", "--yes-discard",
            "--force-unwatched", "--undo-log", "\(folder.path)/undo")
        #expect(run.status & 8 == 8, "\(run.text)")
        #expect(
            run.errorText.contains("nothing is given up that they may bring back"),
            "\(run.errorText)")
        #expect(try copy.image() == before)
    }
}
