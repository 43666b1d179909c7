import Datasets
import Extract
import Files
import Foundation
import Glibc
import TestSupport
import Testing

/// What is copied: files, folders, volumes, snapshots, by name or by number.
@Suite struct ScopeTests {
    @Test func `a part of the tree or one file can be had alone`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path)
        try source.extract("basic:/tree", to: folder.path + "/tree")
        #expect(tree.contents("tree/sub0/hard2") != nil)
        #expect(tree.contents("tree/text.txt") == nil)
        try source.extract("basic:/text.txt", to: folder.path + "/one")
        #expect(tree.names("one") == ["text.txt"])
        #expect(tree.contents("one/text.txt")?.count == 716_800)
        try source.extract("basic#65", to: folder.path + "/object")
        // One of its three names is taken.
        let name = try #require(tree.names("object").first)
        #expect(tree.contents("object/\(name)") == tree.contents("one/text.txt"))
        let entry = try CopiedTree(path: folder.path + "/object").manifest().first
        #expect(entry?.path.hasSuffix(name) == true)
    }

    @Test func `a file system can be named by its number`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let dataset = try source.contents.dataset(named: "basic/xdir")
        try source.extract("objset:\(dataset.object)", to: folder.path + "/out")
        #expect(CopiedTree(path: folder.path + "/out").names() == ["dir", "file"])
    }

    @Test func `the versions of one file in all snapshots`() throws {
        let source = try ExtractSource("holebirth")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let files = try RecordedFile.all(of: "holebirth").filter { $0.sha256 != nil }
        let name = try #require(files.first?.path)
        try source.extract("holebirth:/\(name)", to: tree.path, snapshots: true)
        let sums = try tree.checksums()
        for file in files where file.path == name {
            let place = RecordedTruthTests.place(file, below: "holebirth")
            #expect(sums[place] == file.sha256, "\(place)")
        }
    }

    @Test func `holes stay holes`() throws {
        let source = try ExtractSource("basic")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        try source.extract("basic", to: tree.path)
        #expect(tree.status("allhole")?.st_blocks == 0)
        #expect(tree.status("allhole")?.st_size == 10_485_760)
        let big = try #require(tree.status("hugehole"))
        #expect(Int64(big.st_blocks) * 512 < big.st_size / 4)
    }

    @Test func `a volume is a sparse file of its size`() throws {
        let source = try ExtractSource("snaps")
        let volume = try #require(
            try source.pool.datasets().datasets.first { dataset in
                guard !dataset.isSnapshot, let opened = try? source.contents.open(dataset),
                    case .volume = opened
                else { return false }
                return true
            })
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try source.extract(volume.name, to: tree.path)
        #expect(summary.isComplete)
        let name = try #require(volume.name.split(separator: "/").last.map(String.init))
        let status = try #require(tree.status(name))
        let entry = try #require(try tree.manifest().first)
        #expect(entry.kind == "volume")
        #expect(UInt64(status.st_size) == entry.size)
        #expect(Int64(status.st_blocks) * 512 < Int64(status.st_size))
    }

    @Test func `locked datasets are told, and the rest is copied`() throws {
        let source = try ExtractSource("crypt")
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try source.extract("crypt", to: tree.path, recursive: true)
        #expect(summary.failedCount > 0)
        #expect(summary.unfinished.allSatisfy { $0.kind == "dataset" })
        #expect(summary.unfinished.contains { $0.dataset == "crypt/pass" })
        #expect(summary.completeCount > 0)
        #expect(throws: ExtractError.self) {
            try source.extract("crypt/pass", to: folder.path + "/alone")
        }
    }
}
