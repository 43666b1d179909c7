import Foundation
import TestSupport
import Testing

/// Rules about all texts of the project.
@Suite struct TextTests {
    /// The paths of the text files that are part of the project, as git knows them; all files outside the
    /// build folder where this is no checkout.
    static let texts: [String] = {
        let endings = [
            "swift", "md", "8", "7", "c", "h", "sh", "py", "json", "modulemap", "yml",
        ]
        let listed = try? Command(
            "git", ["-C", Project.root, "ls-files", "-co", "--exclude-standard"])
        let names = listed?.status == 0 ? listed?.text.split(separator: "\n").map(String.init) : nil
        return (names ?? []).filter { name in
            guard !name.hasPrefix("TestPools/") || name.hasSuffix(".md") else { return false }
            let last = name.split(separator: "/").last ?? ""
            return !last.contains(".") || endings.contains { name.hasSuffix(".\($0)") }
        }
    }()

    /// Paths of the machine that somebody worked on say nothing to a reader. They are put together here
    /// so that this file keeps the rule too.
    static let machinePaths = ["/home/", "/root/", "/Users/", "/" + "work/", ".." + "/shared"]

    @Test("no text names a place on somebody's machine", arguments: texts)
    func places(name: String) throws {
        guard name != "Tests/TidyTests/TextTests.swift" else { return }
        let text = try String(contentsOfFile: "\(Project.root)/\(name)", encoding: .utf8)
        for path in Self.machinePaths {
            #expect(!text.contains(path), "\(name) mentions \(path)")
        }
    }

    @Test(
        "relative links in the documents lead somewhere",
        arguments: texts.filter { $0.hasSuffix(".md") })
    func links(name: String) throws {
        let text = try String(contentsOfFile: "\(Project.root)/\(name)", encoding: .utf8)
        let folder = (name as NSString).deletingLastPathComponent
        for match in text.matches(of: /\]\(([^)#\s]+)[^)]*\)/) {
            let link = String(match.1)
            guard !link.contains("://"), !link.hasPrefix("mailto:") else { continue }
            let place = link.hasPrefix("/") ? link : "\(folder)/\(link)"
            #expect(
                FileManager.default.fileExists(atPath: "\(Project.root)/\(place)"),
                "\(name) links to \(link), which is not there")
        }
    }

    @Test func `the packed pools stay below 25 MB`() throws {
        let folder = URL(fileURLWithPath: Project.testPools)
        let walk = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey])
        var total = 0
        while let file = walk?.nextObject() as? URL {
            let values = try file.resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
            if values.isRegularFile == true { total += values.fileSize ?? 0 }
        }
        #expect(total <= 25_000_000)
        #expect(total > 1_000_000)
    }
}
