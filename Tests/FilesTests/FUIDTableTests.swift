import Datasets
import Files
import TestSupport
import Testing

/// Owners that belong to domains, as OpenZFS stores them.
@Suite struct FUIDTableTests {
    /// A file, and its owner and group as zdb 2.3.2 prints them; an unknown domain stays a number here.
    static let recorded = [
        ("/f0", "S-1-5-21-1004336348-1177238915-682003330-1105", "S-1-5-32-544"),
        ("/f1", "S-1-5-21-7-8-9-500", "100"),
        ("/f2", "1000", "9:1"),
    ]

    @Test("owners are told by their SIDs", arguments: recorded)
    func owners(path: String, user: String, group: String) throws {
        let archive = TestPool(
            name: "gcmlog", archive: "\(Project.root)/Tests/FilesTests/Vectors/gcmlog.tar.zst")
        let contents = PoolContents(
            try Pool.open(try #require(try archive.candidates().first)))
        let opened = try contents.open(PoolItem(dataset: "gcmlog/fuid", part: .path(path)))
        guard case .filesystem(let filesystem) = opened.contents else {
            Issue.record("gcmlog/fuid is no file system")
            return
        }
        #expect(filesystem.problems.isEmpty)
        #expect(opened.file?.owner == user)
        #expect(opened.file?.owningGroup == group)
        #expect(filesystem.domains.domain(2) == "S-1-5-32")
        #expect(filesystem.domains.domain(4) == nil)
    }
}
