import Foundation
import TestSupport
import Testing

/// `repair` and `undo` as their users run them.
@Suite struct RepairCommandTests {
    private static func damaged(_ name: String) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        return folder
    }

    private static func bytes(_ folder: ScratchFolder) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/basic/d0"))
    }

    @Test func `nothing is written without --apply and consent`() throws {
        let folder = try Self.damaged("basic-spacemap-double-free")
        let before = try Self.bytes(folder)
        let pool = "\(folder.path)/basic"
        let planned = try Zinspect.run("repair", pool)
        #expect(planned.status == 4)
        #expect(planned.text.contains("Nothing was written."))
        let refused = try Zinspect.run(
            "repair", pool, "--apply", "--undo-log", "\(folder.path)/undo")
        #expect(refused.status == 12)
        #expect(refused.errorText.contains("--yes-rebuild"), "\(refused.errorText)")
        #expect(try Self.bytes(folder) == before)
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/undo"))
    }

    @Test func `what is applied is cured, and undo gives the image back bit for bit`() throws {
        let folder = try Self.damaged("basic-spacemap-double-free")
        let before = try Self.bytes(folder)
        let (pool, log) = ("\(folder.path)/basic", "\(folder.path)/undo")
        let applied = try Zinspect.run(
            "repair", pool, "spacemaps", "--apply", "--yes-rebuild", "--undo-log", log)
        #expect(applied.status == 1, "\(applied.text) \(applied.errorText)")
        #expect(try Zinspect.run("verify", pool).status == 0)
        let tried = try Zinspect.run("undo", pool, log, "--dry-run")
        #expect(tried.status == 0, "\(tried.errorText)")
        #expect(try Self.bytes(folder) != before)
        let undone = try Zinspect.run("undo", pool, log, "--undo-log", "\(folder.path)/redo")
        #expect(undone.status == 0, "\(undone.errorText)")
        #expect(try Self.bytes(folder) == before)
    }

    @Test func `what damage hid is cured in a group of its own, and taken back before the first`()
        throws
    {
        let folder = try Self.damaged("basic-many-things-at-once")
        let before = try Self.bytes(folder)
        let (pool, log) = ("\(folder.path)/basic", "\(folder.path)/first.undo")
        let applied = try Zinspect.run(
            "repair", pool, "--apply", "--yes-rebuild", "--yes-discard", "--undo-log", log)
        #expect(applied.status == 1, "\(applied.text) \(applied.errorText)")
        #expect(applied.text.contains("More can be cured now, in another group."))
        #expect(try Zinspect.run("verify", pool, "--quick").status == 0)
        let tooEarly = try Zinspect.run("undo", pool, log, "--dry-run")
        #expect(tooEarly.status == 8)
        for name in ["first-2", "first"] {
            let undone = try Zinspect.run(
                "undo", pool, "\(folder.path)/\(name).undo", "--undo-log",
                "\(folder.path)/\(name).redo")
            #expect(undone.status == 0, "\(undone.errorText)")
        }
        #expect(try Self.bytes(folder) == before)
    }

    @Test func `a plan is saved, and carried out only while the pool is what it was`() throws {
        let folder = try Self.damaged("basic-spacemap-leak")
        let (pool, plan) = ("\(folder.path)/basic", "\(folder.path)/plan")
        let saved = try Zinspect.run("repair", pool, "--plan", plan)
        #expect(saved.status == 4, "\(saved.errorText)")
        let arguments = ["repair", pool, "--apply", "--yes-rebuild", "--plan", plan, "--undo-log"]
        let first = try Command(Project.executable, arguments + ["\(folder.path)/undo"])
        #expect(first.status == 1, "\(first.text) \(first.errorText)")
        let second = try Command(Project.executable, arguments + ["\(folder.path)/undo2"])
        #expect(second.status & 8 == 8)
        #expect(second.errorText.contains("moved on"), "\(second.errorText)")
    }

    @Test func `an undo log of another pool is refused`() throws {
        let folder = try Self.damaged("basic-spacemap-leak")
        let log = "\(folder.path)/undo"
        let applied = try Zinspect.run(
            "repair", "\(folder.path)/basic", "--apply", "--yes-rebuild", "--undo-log", log)
        #expect(applied.status == 1)
        let refused = try Zinspect.run("undo", try TestPool.named("mirror").unpack(), log)
        #expect(refused.status == 8)
        #expect(refused.errorText.contains("undo log is of the pool"), "\(refused.errorText)")
    }

    @Test func `a healthy pool needs nothing, and its files are not touched`() throws {
        let pool = try TestPool.named("basic").unpack()
        let run = try Zinspect.run("repair", pool, "--apply", "--yes-rebuild")
        #expect(run.status == 0, "\(run.errorText)")
        // zdb -b counts as many.
        #expect(
            run.text.contains("Nothing wrong was found: 180 blocks that own 8.04M were visited."))
        #expect(run.text.contains("There is nothing to repair."))
    }

    @Test func `damage that is left is told by kind, with what to do next`() throws {
        let folder = try Self.damaged("basic-spacemap-double-free")
        let before = try Self.bytes(folder)
        let pool = "\(folder.path)/basic"
        let other = try Zinspect.run(
            "repair", pool, "labels", "--apply", "--undo-log", "\(folder.path)/undo")
        #expect(other.status == 4)
        #expect(
            other.text.contains("spacemap.double-free      1  the cure spacemaps was not asked"))
        #expect(other.text.contains("1 error: 179 blocks that own 8.04M were visited."))
        #expect(other.text.contains("No cure that was asked for can do anything about it."))
        #expect(!other.text.contains("nothing to repair"))
        let json = try Zinspect.run("repair", pool, "labels", "--json")
        let lines = try json.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let left = try #require(lines.first { $0["type"].string == "left" })
        #expect(left["code"].string == "spacemap.double-free")
        #expect(left["count"].unsigned == 1)
        #expect(try Self.bytes(folder) == before)
    }

    @Test func `what no cure reaches is told as such`() throws {
        let folder = try ScratchFolder()
        let pool = "\(folder.path)/stripe"
        try Command.run("cp", "-r", try TestPool.named("stripe").unpack(), pool)
        try FileManager.default.removeItem(atPath: "\(pool)/a0")
        let run = try Zinspect.run("repair", pool, "spacemaps")
        #expect(run.status & 4 == 4)
        #expect(run.text.contains("bring the missing devices back"), "\(run.text)")
    }

    @Test func `what could not be checked is not called sound`() throws {
        let run = try Zinspect.run("repair", try TestPool.named("crypt").unpack())
        #expect(run.status == 0, "\(run.text)")
        #expect(run.text.contains("Nothing wrong was found in what could be checked: "))
        #expect(run.text.contains("things could not be checked; they are listed above."))
        #expect(
            run.errorText.contains(
                "not checked: the files of crypt/hex: the dataset is encrypted and no key was given"
            ))
    }

    @Test func `an unknown cure is refused with those there are`() throws {
        let run = try Zinspect.run("repair", try TestPool.named("basic").unpack(), "nonsense")
        #expect(run.status == 16)
        #expect(run.errorText.contains("There is no cure called nonsense"), "\(run.errorText)")
    }

    @Test func `an overlay leaves the pool alone, and every command sees through it`() throws {
        let folder = try Self.damaged("basic-spacemap-double-free")
        let before = try Self.bytes(folder)
        let (pool, overlay) = ("\(folder.path)/basic", "\(folder.path)/overlay")
        let missing = try Zinspect.run("verify", pool, "--overlay", overlay)
        #expect(missing.status == 8)
        let both = try Zinspect.run("repair", pool, "--overlay", overlay, "--apply")
        #expect(both.status == 16)
        let repaired = try Zinspect.run("repair", pool, "--overlay", overlay)
        #expect(repaired.status == 1, "\(repaired.text) \(repaired.errorText)")
        #expect(try Self.bytes(folder) == before)
        #expect(try Zinspect.run("verify", pool).status == 4)
        let seen = try Zinspect.run("verify", pool, "--overlay", overlay)
        #expect(seen.status == 0, "\(seen.text) \(seen.errorText)")
        #expect(try Zinspect.run("dump", pool, "--overlay", overlay).status == 0)
        #expect(try Zinspect.run("repair", pool, "--overlay", overlay).status == 0)
        let raw = "\(folder.path)/raw"
        let copied = try Zinspect.run(
            "image", "create", pool, "--overlay", overlay, "--raw", "--to", raw)
        #expect(copied.status == 0, "\(copied.errorText)")
        #expect(try Zinspect.run("verify", raw).status == 0)
        #expect(try Self.bytes(folder) == before)
    }

    @Test func `the certificate tells what was found, written and left`() throws {
        let folder = try Self.damaged("basic-spacemap-double-free")
        let (pool, log) = ("\(folder.path)/basic", "\(folder.path)/first.undo")
        let applied = try Zinspect.run(
            "repair", pool, "--apply", "--yes-rebuild", "--undo-log", log)
        #expect(applied.status == 1, "\(applied.errorText)")
        let text = try String(contentsOfFile: "\(folder.path)/first.certificate", encoding: .utf8)
        let lines = try text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        #expect(lines.first?["type"].string == "header")
        let facts = try #require(lines.first { $0["type"].string == "certificate" })
        #expect(facts["findings_after"].unsigned == 0)
        #expect(facts["undo_log"].string == log)
        let writes = lines.filter { $0["type"].string == "write" }
        #expect(UInt64(writes.count) == facts["writes"].unsigned)
        #expect(writes.allSatisfy { $0["before"].string != nil && $0["after"].string != nil })
        #expect(
            lines.contains {
                $0["type"].string == "finding" && $0["when"].string == "before"
                    && $0["code"].string == "spacemap.double-free"
            })
        // A certificate is never overwritten, so that is found out before the first write.
        let undone = try Zinspect.run("undo", pool, log, "--undo-log", "\(folder.path)/redo")
        #expect(undone.status == 0, "\(undone.errorText)")
        let bytes = try Self.bytes(folder)
        try FileManager.default.removeItem(atPath: log)
        let again = try Zinspect.run(
            "repair", pool, "--apply", "--yes-rebuild", "--undo-log", log)
        #expect(again.status & 8 == 8)
        #expect(try Self.bytes(folder) == bytes)
        #expect(
            try Zinspect.run(
                "undo", pool, "\(folder.path)/redo", "--undo-log", "\(folder.path)/back"
            ).status == 0)
        #expect(try Zinspect.run("verify", pool).status == 0)
    }
}
