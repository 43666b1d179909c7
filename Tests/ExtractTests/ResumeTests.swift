import Devices
import Extract
import Foundation
import Glibc
import TestSupport
import Testing

/// Runs that go on where another one stopped.
@Suite struct ResumeTests {
    private static func inode(_ tree: CopiedTree, _ name: String) -> UInt? {
        tree.status(name).map { UInt($0.st_ino) }
    }

    @Test func `a second run copies what is gone or was left half, and nothing else`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        try source.extract("basic", to: tree.path)
        let before = (Self.inode(tree, "text.txt"), tree.contents(".zinspect/manifest.jsonl"))
        let sums = try tree.checksums()
        try FileManager.default.removeItem(atPath: "\(tree.path)/odd")
        #expect(unsafe truncate("\(tree.path)/pages.bin", 100) == 0)
        let summary = try source.extract("basic", to: tree.path)
        #expect(summary.isComplete)
        #expect(summary.resumedCount > 50)
        #expect(Self.inode(tree, "text.txt") == before.0)
        #expect(tree.contents(".zinspect/manifest.jsonl") == before.1)
        #expect(try tree.checksums() == sums)
    }

    @Test func `hard links are the same files after a second run`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        try source.extract("basic", to: tree.path)
        try FileManager.default.removeItem(atPath: "\(tree.path)/text.txt")
        try source.extract("basic", to: tree.path)
        let numbers = ["text.txt", "tree/hard1", "tree/sub0/hard2"].map { Self.inode(tree, $0) }
        #expect(Set(numbers).count == 1)
        #expect(tree.status("text.txt")?.st_nlink == 3)
    }

    @Test func `an interrupted run says so and the next one ends it`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let interruption = Interruption()
        interruption.request()
        #expect(throws: ExtractError.cancelled) {
            try source.extract(
                "basic", to: tree.path, ExtractOptions(),
                ExtractControl(interruption: interruption))
        }
        #expect(try source.extract("basic", to: tree.path).isComplete)
        let whole = CopiedTree(path: folder.path + "/whole")
        try source.extract("basic", to: whole.path)
        #expect(
            try tree.checksums().filter { !$0.key.hasPrefix(".zinspect") }
                == whole.checksums().filter { !$0.key.hasPrefix(".zinspect") })
        #expect(try tree.manifest() == whole.manifest())
    }

    @Test("a manifest that was cut off anywhere is gone on from", arguments: [0.1, 0.5, 0.95])
    func cutOff(share: Double) throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        try source.extract("basic", to: tree.path)
        let manifest = "\(tree.path)/.zinspect/manifest.jsonl"
        let whole = try #require(tree.contents(".zinspect/manifest.jsonl"))
        #expect(unsafe truncate(manifest, Int(Double(whole.count) * share)) == 0)
        #expect(try source.extract("basic", to: tree.path).isComplete)
        #expect(tree.contents(".zinspect/manifest.jsonl") == whole)
    }

    @Test func `the manifest has each file once, in the order of names, with its hash`() throws {
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        try ExtractSource("basic").extract("basic", to: tree.path)
        let entries = try tree.manifest()
        let files = try RecordedFile.all(of: "basic").filter { $0.ds == "basic" }
        #expect(entries.count == files.count)
        #expect(Set(entries.map(\.path)).count == entries.count)
        // The published hash of no bytes at all.
        let empty = try #require(entries.first { $0.path == "/empty" })
        #expect(empty.xxh3 == "99aa06d3014798d86001c324468d497f")
        #expect(entries.allSatisfy { $0.kind != "file" || $0.xxh3 != nil })
        let below = entries.map(\.path).filter { $0.hasPrefix("/tree/sub1/") }
        #expect(below == below.sorted())
        let odd = try #require(entries.first { $0.path == "/odd" })
        let truth = try #require(files.first { $0.path == "odd" })
        #expect(odd.size == UInt64(truth.size ?? -1))
        #expect(odd.modified == truth.mtime)
    }
}
