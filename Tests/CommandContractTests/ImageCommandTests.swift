import Foundation
import TestSupport
import Testing

/// `image` as its users run it.
@Suite struct ImageCommandTests {
    /// The codes that `verify --quick` finds, sorted.
    private func codes(_ path: String) throws -> [String] {
        try Zinspect.run("verify", path, "--quick", "--json").text.split(separator: "\n")
            .map { try JSONValue(parsing: $0) }
            .filter { $0["type"].string == "finding" }
            .compactMap { $0["code"].string }.sorted()
    }

    static let pools =
        ["mirror", "raidz2"] + (Effort.isThorough ? ["draid2", "gang", "removal"] : [])

    @Test("the image of a pool's metadata gives what the pool gives", arguments: pools)
    func metadata(name: String) throws {
        let folder = try ScratchFolder()
        let pool = try TestPool.named(name).unpack()
        try expectSame(pool, folder)
    }

    @Test func `the image of a broken pool gives the same findings`() throws {
        let folder = try ScratchFolder()
        try Command.run(
            "\(Project.testPools)/cases/apply-case", "basic-many-things-at-once", folder.path)
        try expectSame("\(folder.path)/basic", folder)
    }

    private func expectSame(_ pool: String, _ folder: ScratchFolder) throws {
        let (image, restored) = ("\(folder.path)/image", "\(folder.path)/restored")
        let made = try Zinspect.run("image", "create", pool, "--to", image)
        #expect(made.status == 0, "\(made.errorText)")
        let told = try Zinspect.run("image", "info", image)
        #expect(told.status == 0)
        #expect(told.text.contains("does not hide names"))
        let put = try Zinspect.run("image", "restore", image, "--to", restored)
        #expect(put.status == 0, "\(put.errorText)")
        #expect(try codes(restored) == codes(pool))
        let again = try Zinspect.run("image", "restore", image, "--to", restored)
        #expect(again.status == 8)
        #expect(try Zinspect.run("image", "create", pool, "--to", image).status == 8)
    }

    @Test func `a whole image gives the devices back byte for byte`() throws {
        let folder = try ScratchFolder()
        let source = try #require(try TestPool.named("basic").devicePaths().first)
        let (image, restored) = ("\(folder.path)/image", "\(folder.path)/restored")
        #expect(try Zinspect.run("image", "create", source, "--whole", "--to", image).status == 0)
        #expect(try Zinspect.run("image", "restore", image, "--to", restored).status == 0)
        let name = URL(fileURLWithPath: source).lastPathComponent
        try Command.run("cmp", source, "\(restored)/\(name)")
    }

    @Test func `what makes no sense is a usage error`() throws {
        let pool = try TestPool.named("basic").unpack()
        #expect(try Zinspect.run("image", "destroy", pool).status == 16)
        #expect(try Zinspect.run("image", "create", pool).status == 16)
        let none = try Zinspect.run(
            "image", "info", try #require(TestPool.named("basic").devicePaths().first))
        #expect(none.status == 8)
        #expect(none.errorText.contains("is no image of zinspect"), "\(none.errorText)")
    }
}
