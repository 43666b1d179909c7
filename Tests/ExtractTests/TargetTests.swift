import Extract
import Foundation
import Glibc
import TestSupport
import Testing

/// Targets that must not be touched, and targets that can't be written.
@Suite struct TargetTests {
    @Test func `a target that holds something else is refused, unless files may be replaced`()
        throws
    {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path)
        try folder.write("file", Array("mine".utf8))
        try folder.write("other", Array("mine".utf8))
        #expect(throws: ExtractError.self) {
            try source.extract("basic/xdir", to: folder.path)
        }
        #expect(tree.contents("file") == Array("mine".utf8))
        #expect(tree.names() == ["file", "other"])
        var options = ExtractOptions()
        options.replacesFiles = true
        #expect(try source.extract("basic/xdir", to: folder.path, options).isComplete)
        #expect(tree.contents("file") != Array("mine".utf8))
        #expect(tree.contents("other") == Array("mine".utf8))
    }

    @Test func `another source is not mixed into a copy`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        try source.extract("basic/xdir", to: folder.path + "/out")
        #expect(throws: ExtractError.self) {
            try source.extract("basic/embedded", to: folder.path + "/out")
        }
    }

    @Test func `a symlink in the target leads nowhere`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let files = FileManager.default
        for name in ["outside", "out"] {
            try files.createDirectory(
                atPath: "\(folder.path)/\(name)", withIntermediateDirectories: true)
        }
        let outside = folder.path + "/outside"
        let victim = try folder.write("victim", Array("mine".utf8))
        try files.createSymbolicLink(
            atPath: folder.path + "/out/tree", withDestinationPath: outside)
        try files.createSymbolicLink(
            atPath: folder.path + "/out/text.txt", withDestinationPath: victim)
        // A second name of somebody's file, which must not be written through either.
        try files.linkItem(atPath: victim, toPath: folder.path + "/out/odd")
        var options = ExtractOptions()
        options.replacesFiles = true
        let summary = try source.extract("basic", to: folder.path + "/out", options)
        #expect(summary.isComplete)
        #expect(CopiedTree(path: outside).names().isEmpty)
        #expect(CopiedTree(path: folder.path).contents("victim") == Array("mine".utf8))
    }

    @Test("a target that can't be made is an error", arguments: ["/proc/nowhere/out", "/dev/null"])
    func impossible(path: String) throws {
        let source = try ExtractSource("basic")
        #expect(throws: ExtractError.self) { try source.extract("basic/xdir", to: path) }
    }

    @Test func `what is not in the pool makes no folder`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        for name in ["basic:/nothing", "nowhere", "basic@none", "basic:/text.txt/below"] {
            #expect(throws: ExtractError.self) {
                try source.extract(name, to: folder.path + "/out")
            }
        }
        #expect(CopiedTree(path: folder.path).names().isEmpty)
    }

    @Test func `an ordinary user gets the files, and a count of what could not be set`() throws {
        guard getuid() == 0 else { return }
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        #expect(unsafe chmod(folder.path, 0o777) == 0)
        let tree = CopiedTree(path: folder.path + "/out")
        var options = ExtractOptions()
        options.threadCount = 1
        let extracted = try Command(
            "setpriv",
            [
                "--reuid=65534", "--regid=65534", "--clear-groups", Project.executable, "extract",
                try copied(source, to: folder), "basic", "--to", tree.path,
            ])
        guard extracted.status != 127 else { return }
        // Two device nodes can't be made, which is told once.
        #expect(extracted.status == 8, "\(extracted.errorText)")
        #expect(extracted.errors.isEmpty)
        #expect(extracted.text.contains("there is no copy of 2"))
        #expect(extracted.text.contains("owner of "))
        #expect(tree.contents("text.txt")?.count == 716_800)
        let entry = try tree.manifest().first { $0.path == "/text.txt" }
        #expect(entry?.notSet?.contains("owner") == true)
        #expect(entry?.user == 1001)
    }

    /// The pool's devices where everybody can read them.
    private func copied(_ source: ExtractSource, to folder: ScratchFolder) throws -> String {
        let place = try TestPool.named("basic").copy(to: folder.path + "/pools")
        try Command.run("chmod", "-R", "a+rX", folder.path)
        return place
    }
}
