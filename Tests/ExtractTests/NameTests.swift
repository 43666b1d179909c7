import Bytes
import Datasets
import Devices
import Files
import TestSupport
import Testing

@testable import Extract

/// Names that lead elsewhere, that the target can't hold, or that stand for two files.
@Suite struct NameTests {
    @Test func `no name of a directory leads out of the target`() throws {
        let source = try ExtractSource("basic")
        let dataset = try source.contents.dataset(named: "basic")
        let folder = try ScratchFolder()
        let hostile = HostileNames(
            base: source.pool.reader,
            names: [
                ("text.txt", Array("../../ev".utf8)), ("empty", Array("..".utf8)),
                ("exact", Array("/a/b".utf8)), ("small", Array("../x/".utf8)),
                ("odd", Array("/".utf8)), ("one", Array(".".utf8)),
                ("tiny", Array("odd2".utf8)), ("holes", Array("fifo".utf8)),
            ])
        let tree = CopiedTree(path: folder.path + "/deep/deeper/out")
        let summary = try hostile.copy(dataset, to: tree.path)
        // The directory itself is told to hold a name twice.
        #expect(summary.unfinished.map(\.path) == ["/"])
        #expect(summary.renamedCount >= 7)
        // Nothing beside the target, and nothing above it.
        #expect(CopiedTree(path: folder.path).names() == ["deep"])
        #expect(CopiedTree(path: folder.path + "/deep").names() == ["deeper"])
        #expect(CopiedTree(path: folder.path + "/deep/deeper").names() == ["out"])
        let names = tree.names()
        #expect(names.contains("..%2f..%2fev~65"))
        #expect(names.contains("..~59"))
        #expect(names.contains("%2fa%2fb~64"))
        // Two entries of one name are two files.
        #expect(names.contains("fifo"))
        #expect(names.contains { $0.hasPrefix("fifo~") })
        let renamed = try tree.manifest().first { $0.path == "/../../ev" }
        #expect(renamed?.written == "/..%2f..%2fev~65")
    }

    @Test(
        "a folder that is written to refuses what is no name",
        arguments: ["", ".", "..", "/", "a/b", "/etc/passwd", "a\0b", "../a"])
    func refused(name: String) throws {
        let folder = try ScratchFolder()
        let output = try OutputFolder.open(folder.path)
        let bytes = Array(name.utf8)
        #expect(throws: DeviceError.self) { try output.createFile(bytes) }
        #expect(throws: DeviceError.self) { try output.folder(bytes) }
        #expect(throws: DeviceError.self) { try output.remove(bytes) }
        #expect(throws: DeviceError.self) { try output.createSymlink(bytes, target: [0x61]) }
        #expect(throws: DeviceError.self) { try output.rename([0x61], to: bytes) }
    }

    @Test func `names longer than Linux takes are cut between characters, and kept apart`() {
        let long = FileName(String(repeating: "é", count: 200))
        let name = OutputName.name(long, object: 7, isTop: false)
        #expect(name.count <= 255)
        #expect(String(validating: name, as: UTF8.self)?.hasSuffix("é~7") == true)
        #expect(name != OutputName.name(long, object: 8, isTop: false))
        #expect(OutputName.name(FileName("plain"), object: 7, isTop: false) == Array("plain".utf8))
        let notes = OutputName.name(FileName(".zinspect"), object: 9, isTop: true)
        #expect(notes == Array(".zinspect~9".utf8))
    }

    @Test func `names of the pool with 1023 bytes are all copied`() throws {
        let folder = try ScratchFolder()
        let tree = CopiedTree(path: folder.path + "/out")
        let summary = try ExtractSource("longname").extract("longname", to: tree.path)
        #expect(summary.isComplete)
        #expect(summary.renamedCount > 0)
        let sums = Set(try tree.checksums().values)
        for file in try RecordedFile.all(of: "longname") {
            guard let sum = file.sha256 else { continue }
            #expect(sums.contains(sum), "\(file.path.prefix(40))")
        }
    }
}
