import Foundation
import Glibc
import TestSupport
import Testing

/// `extract` as its users run it: statuses, messages, targets that give out, Ctrl-C.
@Suite struct ExtractCommandTests {
    private static let manifest = ".zinspect/manifest.jsonl"

    @Test func `a copy is told with what is in it`() throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let answer = try Zinspect.run("extract", pool, "basic", "--to", "\(folder.path)/out")
        #expect(answer.status == 0, "\(answer.errorText)")
        #expect(answer.text.contains("52 files"))
        #expect(answer.text.contains("\(folder.path)/out/\(Self.manifest)"))
        #expect(answer.errors.isEmpty)
        let again = try Zinspect.run("extract", pool, "basic", "--to", "\(folder.path)/out")
        #expect(again.status == 0)
        #expect(again.text.contains("copied by an earlier run: 56"))
        let quiet = try Zinspect.run("extract", "-q", pool, "basic", "--to", "\(folder.path)/out")
        #expect(quiet.output.isEmpty && quiet.errors.isEmpty)
    }

    @Test func `JSON says the same`() throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let answer = try Zinspect.run(
            "extract", "--json", pool, "basic", "--to", "\(folder.path)/out")
        #expect(answer.status == 0)
        let lines = answer.output.split(separator: 0x0a)
        #expect(lines.count == 3)
        let object = try JSONSerialization.jsonObject(with: Data(lines[1]))
        let record = try #require(object as? [String: Any])
        #expect(record["type"] as? String == "extraction")
        #expect((record["copied"] as? [String: Any])?["file"] as? Int == 52)
        #expect(record["incomplete"] as? Int == 0)
    }

    @Test func `damage makes the status 4 and is named`() throws {
        let pool = try TestPool.named("errlog").unpack()
        let folder = try ScratchFolder()
        let answer = try Zinspect.run(
            "extract", "-r", "--snapshots", pool, "errlog", "--to", "\(folder.path)/out")
        #expect(answer.status == 4)
        #expect(answer.text.contains("incomplete: "))
        #expect(answer.text.contains("zeros stand for"))
        #expect(answer.errorText.contains("is not complete"))
    }

    /// A command line that can't be carried out, the status, and a part of the answer.
    static let refused: [(arguments: [String], status: Int32, says: String)] = [
        (["basci"], 8, "did you mean basic?"),
        (["basic:/nothing"], 8, "there is no nothing in /"),
        (["basic:/text.txt/below"], 8, "it is no directory but a file"),
        (["basic#9999"], 8, "9999"),
        (["mos"], 8, "mos"),
        (["basic", "--memory", "1K"], 16, "--memory"),
        (["basic", "--threads", "0"], 16, "--threads"),
    ]

    @Test("what can't be had makes no folder", arguments: refused)
    func impossible(question: (arguments: [String], status: Int32, says: String)) throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let target = "\(folder.path)/out"
        let answer = try Command(
            Project.executable, ["extract", pool] + question.arguments + ["--to", target])
        #expect(answer.status == question.status, "\(question.arguments): \(answer.errorText)")
        #expect(answer.errorText.contains(question.says), "\(answer.errorText)")
        #expect(!FileManager.default.fileExists(atPath: target))
    }

    @Test func `a target must be named, and must not hold something else`() throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let unnamed = try Zinspect.run("extract", pool, "basic")
        #expect(unnamed.status == 16)
        #expect(unnamed.errorText.contains("--to"))
        try folder.write("mine", [1])
        let full = try Zinspect.run("extract", pool, "basic", "--to", folder.path)
        #expect(full.status == 8)
        #expect(full.errorText.contains("is not empty"))
        #expect(full.errorText.contains("--overwrite"))
        let told = try Zinspect.run(
            "extract", pool, "basic/xdir", "--to", folder.path, "--overwrite")
        #expect(told.status == 0, "\(told.errorText)")
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/mine"))
    }

    @Test func `files longer than the process may write are refused, the others copied`() throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let script = "ulimit -f 256; exec \"$0\" extract \"$1\" basic --to \"$2\""
        let answer = try Command(
            "bash", ["-c", script, Project.executable, pool, "\(folder.path)/out"])
        #expect(answer.status == 8, "\(answer.errorText)")
        #expect(answer.errorText.contains("File too large"))
        #expect(FileManager.default.fileExists(atPath: "\(folder.path)/out/exact"))
    }

    @Test func `a full target ends the copy, and with room it goes on`() throws {
        let pool = try TestPool.named("basic").unpack()
        let folder = try ScratchFolder()
        let target = "\(folder.path)/small"
        try FileManager.default.createDirectory(
            atPath: target, withIntermediateDirectories: true)
        // Only root may mount.
        guard getuid() == 0,
            try Command("mount", ["-t", "tmpfs", "-o", "size=1m", "tmpfs", target]).status == 0
        else { return }
        defer { _ = try? Command("umount", [target]) }
        let answer = try Zinspect.run("extract", pool, "basic", "--to", target)
        #expect(answer.status == 8, "\(answer.errorText)")
        #expect(answer.errorText.contains("No space left on device"))
        #expect(answer.errorText.contains("run it again"))
        guard try Command("mount", ["-o", "remount,size=64m", target]).status == 0 else { return }
        let again = try Zinspect.run("extract", pool, "basic", "--to", target)
        #expect(again.status == 0, "\(again.errorText)")
        guard try Command("mount", ["-o", "remount,ro", target]).status == 0 else { return }
        let closed = try Zinspect.run("extract", pool, "basic", "--to", target)
        #expect(closed.status == 8)
        #expect(closed.errorText.contains("Read-only file system"))
    }

    @Test func `Ctrl-C ends it with 32, and the next run goes on`() throws {
        let pool = try TestPool.named("bigdir").unpack()
        let folder = try ScratchFolder()
        let target = "\(folder.path)/out"
        // The signal comes as soon as the manifest shows that files are being copied.
        let script = """
            "$0" extract "$1" bigdir --to "$2" & child=$!
            for i in $(seq 2000); do
                [ "$(cat "$2/.zinspect/manifest.jsonl" 2>/dev/null | wc -l)" -gt 50 ] && break
                sleep 0.005
            done
            kill -INT $child; wait $child
            """
        let answer = try Command(
            "bash", ["-c", script, Project.executable, pool, target])
        #expect(answer.status == 32, "\(answer.errorText)")
        #expect(answer.errorText.contains("run it again to go on where it stopped"))
        let again = try Zinspect.run("extract", pool, "bigdir", "--to", target)
        #expect(again.status == 0, "\(again.errorText)")
        #expect(again.text.contains("copied by an earlier run"))
        let files = try Command.run("find", target, "-type", "f").text.split(separator: "\n")
        #expect(files.count > 12_000)
    }

    @Test func `with its key an encrypted dataset is copied, without it is not`() throws {
        let pool = try TestPool.named("crypt").unpack()
        let folder = try ScratchFolder()
        let key = try folder.write("key", Array("correct horse battery staple\n".utf8))
        let locked = try Zinspect.run("extract", pool, "crypt/pass", "--to", "\(folder.path)/a")
        #expect(locked.status == 8)
        #expect(locked.errorText.contains("encrypted and no key was given"))
        let some = try Zinspect.run("extract", "-r", pool, "crypt", "--to", "\(folder.path)/b")
        #expect(some.status == 4)
        #expect(some.errorText.contains("crypt/pass could not be copied"))
        let open = try Zinspect.run(
            "extract", pool, "crypt/pass", "--to", "\(folder.path)/c", "--key-file",
            "crypt/pass=\(key)")
        #expect(open.status == 0, "\(open.errorText)")
    }
}
