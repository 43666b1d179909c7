import Foundation
import TestSupport
import Testing

/// The manual and the program tell of the same commands.
@Suite struct ManualTests {
    static let commands = Zinspect.commands

    @Test("every command has a section of the manual", arguments: commands)
    func sections(command: String) throws {
        let page = try String(contentsOfFile: "\(Project.root)/man/zinspect.8", encoding: .utf8)
        #expect(page.contains(".SS \(command)"), "man/zinspect.8 has no .SS \(command)")
    }

    @Test func `every cure stands in the manual`() throws {
        let page = try String(contentsOfFile: "\(Project.root)/man/zinspect.8", encoding: .utf8)
        let refused = try Zinspect.run("repair", "pool", "nonsense").errorText
        let list = try #require(refused.split(separator: "there are ").last)
        let names = list.prefix { $0 != "\n" }.split(whereSeparator: { ", .".contains($0) })
        #expect(names.count > 20, "\(refused)")
        for name in names {
            let macro = ".B " + name.replacing("-", with: "\\-") + "\n"
            #expect(page.contains(macro), "man/zinspect.8 does not tell of the cure \(name)")
        }
    }

    @Test("every long option of a command stands in the manual", arguments: commands)
    func options(command: String) throws {
        let page = try String(contentsOfFile: "\(Project.root)/man/zinspect.8", encoding: .utf8)
            .replacing("\\-", with: "-")
        let help = try Command(Project.executable, [command, "--help"]).text
        for match in help.matches(of: /--[a-z][a-z-]+/) {
            let option = String(match.0)
            #expect(
                page.contains(option), "man/zinspect.8 does not tell of \(option) of \(command)")
        }
    }

    @Test func `the manual tells of no command that is not there`() throws {
        let page = try String(contentsOfFile: "\(Project.root)/man/zinspect.8", encoding: .utf8)
        let start = try #require(page.range(of: ".SH COMMANDS"))
        let end = page[start.upperBound...].range(of: "\n.SH ")?.lowerBound ?? page.endIndex
        let told = page[start.upperBound..<end].split(separator: "\n")
            .filter { $0.hasPrefix(".SS ") }
            .map { $0.dropFirst(4).split(separator: " ")[0] }
        for name in told { #expect(Self.commands.contains(String(name)), "\(name) is no command") }
    }

    @Test(.enabled(if: Command.exists("groff"), "groff is not installed"))
    func `the manual is formatted without a warning`() throws {
        let page = "\(Project.root)/man/zinspect.8"
        let formatted = try Command("groff", ["-man", "-Tutf8", "-ww", "-z", page])
        #expect(formatted.status == 0)
        #expect(formatted.errorText.isEmpty)
    }
}
