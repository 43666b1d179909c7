import Foundation
import TestSupport
import Testing

/// `verify` as its users run it: what it refuses, what it selects, and the page that it writes.
@Suite struct VerifyTests {
    private static let refusals: [(option: [String], message: String)] = [
        (["--quick", "--deep"], "--quick and --deep exclude each other."),
        (["--only", "zap.nonsense"], "There is no problem or family called zap.nonsense"),
        (["--skip", "spacemap,nonsense"], "There is no problem or family called nonsense"),
    ]

    @Test("nonsense is refused with its reason", arguments: refusals.indices)
    func refused(index: Int) throws {
        let (option, message) = Self.refusals[index]
        let pool = try TestPool.named("basic").unpack()
        let run = try Command(Project.executable, ["verify", pool] + option)
        #expect(run.status == 16)
        #expect(run.errorText.contains(message), "\(run.errorText)")
        #expect(run.output.isEmpty)
    }

    @Test func `only what was asked for is looked for`() throws {
        let folder = try Self.damaged("basic-spacemap-free-of-live-block")
        let all = try Zinspect.run("verify", "\(folder.path)/basic", "--json")
        #expect(all.status == 4)
        #expect(all.text.contains("\"code\":\"spacemap.unprotected\""))
        for selection in [["--skip", "spacemap"], ["--only", "block,gang"]] {
            let run = try Command(
                Project.executable, ["verify", "\(folder.path)/basic", "--json"] + selection)
            #expect(!run.text.contains("\"finding\""), "\(selection)")
            #expect(run.status == 0)
        }
    }

    /// The kernel's `zpool status -v` of the pool lists errlog/fs@s:/bad2 and errlog:/bad1.
    @Test(
        "a lost block is told by dataset and path",
        arguments: [["verify"], ["verify-spacemaps", "--checksums", "all"]])
    func named(command: [String]) throws {
        let pool = try TestPool.named("errlog").unpack()
        let run = try Command(Project.executable, command + [pool, "--json"])
        let lost = run.text.split(separator: "\n").filter {
            $0.contains(#""finding""#) && $0.contains("block.checksum")
        }
        #expect(lost.count == 2)
        for name in [
            #""dataset":"errlog/fs@s""#, #""path":"/bad2""#, #""also_in":["errlog/fs"]"#,
        ] {
            #expect(lost[0].contains(name), "\(lost[0])")
        }
        for name in [#""dataset":"errlog""#, #""path":"/bad1""#] {
            #expect(lost[1].contains(name), "\(lost[1])")
        }
    }

    @Test func `the page holds the findings, is whole, and needs nothing from elsewhere`() throws {
        let folder = try Self.damaged("basic-spacemap-free-of-live-block")
        let page = "\(folder.path)/report.html"
        // The second run replaces the page of the first.
        for _ in 0..<2 {
            let run = try Zinspect.run("verify", "\(folder.path)/basic", "--html", page)
            #expect(run.status == 4, "\(run.errorText)")
        }
        let text = try String(contentsOfFile: page, encoding: .utf8)
        #expect(text.hasPrefix("<!doctype html>"))
        #expect(text.hasSuffix("</html>\n"))
        #expect(text.contains("spacemap.unprotected"))
        #expect(text.contains("basic:/tiny"))
        #expect(text.contains("<svg"))
        for outside in ["http:", "https:", "<script", "src=", "@import"] {
            #expect(!text.contains(outside), "\(outside)")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
    }

    @Test func `a page never replaces anything but a page`() throws {
        let folder = try Self.damaged("basic-spacemap-free-of-live-block")
        let disk = "\(folder.path)/basic/d0"
        let run = try Zinspect.run("verify", "\(folder.path)/basic", "--html", disk)
        #expect(run.status == 8)
        #expect(run.errorText.contains("is no report of zinspect"), "\(run.errorText)")
    }

    private static func damaged(_ name: String) throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try Command.run("\(Project.testPools)/cases/apply-case", name, folder.path)
        return folder
    }
}
