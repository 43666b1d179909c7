import Foundation
import TestSupport
import Testing

/// What `ls`, `stat` and `cat` show of a pool whose files a kernel recorded.
@Suite struct FileCommandTests {
    private let pool: String

    init() throws { pool = try TestPool.named("basic").unpack() }

    /// The recorded lines of one dataset, by path.
    private func recorded(_ dataset: String) throws -> [String: JSONValue] {
        let text = try Command.run("zstdcat", "\(Project.testPools)/basic.files.jsonl.zst").text
        let lines = try text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let own = lines.filter { $0["ds"].string == dataset && $0["after"].isNull }
        return Dictionary(uniqueKeysWithValues: own.map { ($0["path"].string ?? "", $0) })
    }

    @Test func `ls -R lists every file with its recorded attributes`() throws {
        let answer = try Zinspect.run("ls", "-R", "--json", pool, "basic")
        #expect(answer.status == 0)
        let files = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
            .filter { $0["type"].string == "file" }
        let wanted = try recorded("basic").filter { $0.key != "." }
        #expect(files.count == wanted.count)
        for file in files {
            let path = String(file["path"].string?.dropFirst() ?? "")
            let truth = try #require(wanted[path], "\(path)")
            #expect(file["mode"].string == truth["mode"].string.map { "0\($0)" })
            #expect(file["size"].unsigned == truth["size"].unsigned)
            #expect(file["object"].unsigned == truth["ino"].unsigned)
            #expect(file["links"].unsigned == truth["nlink"].unsigned)
            #expect(file["user"].string == truth["uid"].unsigned.map { "\($0)" })
            #expect(file["target"].string == truth["target"].string)
        }
    }

    @Test func `ls shows names alone, with -l their attributes, with -F what they are`() throws {
        let names = try Zinspect.run("ls", pool, "basic:/tree").text
        #expect(names == "file00.txt\nfile02.txt\nhard1\nsub0\nsub1\nsub2\n")
        let marked = try Zinspect.run("ls", "-F", pool, "basic:/tree").text
        #expect(marked.contains("sub0/\n"))
        let long = try Zinspect.run("ls", "-lb", pool, "basic:/text.txt").text
        #expect(
            long == "-rw-rwxr-- 3 1001 1002 716800 2026-11-21 00:00:49 basic:/text.txt\n")
        let reversed = try Zinspect.run("ls", "--sort", "size", "-r", pool, "basic:/tree").text
        #expect(reversed.split(separator: "\n").last == "hard1")
    }

    @Test func `a link is followed inside its file system, and no further`() throws {
        let there = try Zinspect.run("cat", pool, "basic:/shortlink")
        #expect(there.status == 0)
        #expect(there.output == (try Zinspect.run("cat", pool, "basic:/tree/file00.txt").output))
        let away = try Zinspect.run("cat", pool, "basic:/longlink")
        #expect(away.status == 8)
        #expect(away.errorText.contains("leads out of the file system"))
    }

    @Test(
        "cat writes the recorded bytes",
        arguments: ["text.txt", "holes", "hugehole", "odd", "empty", "pages.bin", "exact"])
    func cat(name: String) throws {
        let wanted = try recorded("basic")[name]?["sha256"].string
        let script = "\"$0\" cat \"$1\" \"$2\" | sha256sum"
        let answer = try Command(
            "bash", ["-c", script, Project.executable, pool, "basic:/\(name)"])
        #expect(answer.text.split(separator: " ").first.map(String.init) == wanted)
    }

    @Test func `cat writes a part of a file`() throws {
        let whole = try Zinspect.run("cat", pool, "basic:/text.txt").output
        let part = try Zinspect.run(
            "cat", pool, "basic:/text.txt", "--offset", "130K", "--length", "200000")
        #expect(part.output == Array(whole[133_120..<333_120]))
        let past = try Zinspect.run("cat", pool, "basic:/text.txt", "--offset", "1T")
        #expect(past.status == 0)
        #expect(past.output.isEmpty)
    }

    @Test(
        "cat refuses what has no bytes",
        arguments: [
            ("basic:/tree", "it is a directory"), ("basic:/fifo", "it is a fifo"),
            ("basic", "it is a file system"),
        ])
    func refused(name: String, says: String) throws {
        let answer = try Zinspect.run("cat", pool, name)
        #expect(answer.status == 8)
        #expect(answer.errorText.contains(says), "\(answer.errorText)")
    }

    @Test func `stat tells what was recorded`() throws {
        let answer = try Zinspect.run("stat", "--json", pool, "basic:/text.txt")
        let lines = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let file = try #require(lines.first { $0["type"].string == "file" })
        let truth = try #require(try recorded("basic")["text.txt"])
        #expect(file["size"].unsigned == truth["size"].unsigned)
        #expect(file["modified"].string == "1795219249.796000331")
        let blocks = try #require(truth["blocks"].unsigned)
        #expect(file["allocated"].unsigned == blocks * 512)
        let names = Set(file["extended_attributes"].elements.compactMap { $0["name"].string })
        #expect(names == Set(truth["xattr"].members.keys))
    }

    @Test func `a locked dataset keeps the others from nothing`() throws {
        let crypt = try TestPool.named("crypt").unpack()
        let answer = try Zinspect.run("ls", "-R", crypt)
        #expect(answer.status == 0)
        #expect(answer.text.contains("crypt:/:\n"))
        #expect(answer.errorText.contains("not shown: crypt/pass: "))
    }

    @Test func `a log that is replayed is told of`() throws {
        let zil = try TestPool.named("zil").unpack()
        let before = try Zinspect.run("ls", zil, "zil/always:/newdir")
        #expect(before.status == 8)
        let after = try Zinspect.run("ls", "--replay", zil, "zil/always:/newdir")
        #expect(after.status == 0)
        #expect(after.text == "hard\nrenamed\nsym\n")
        #expect(after.errorText.contains("after the replay of 11 records"))
    }
}
