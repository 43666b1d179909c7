import Foundation
import TestSupport
import Testing

/// What is no pool is told apart, in a sentence with the cause, and never ends in a crash or a hang.
@Suite struct BadInputTests {
    /// Commands that must have what they were given.
    static let strict = Zinspect.commandsForPools.filter { $0 != "scan" }

    @Test("what is no pool is an operational error", arguments: strict, BadInput.allCases)
    func strictly(command: String, input: BadInput) throws {
        let answer = try Zinspect.run(command, input.path)
        #expect(answer.status == 8)
        try expectSentence(answer, naming: input.path)
    }

    @Test(
        "a scan of what is no pool says so",
        arguments: Zinspect.commands.filter { $0 == "scan" }, BadInput.allCases)
    func scan(command: String, input: BadInput) throws {
        let answer = try Zinspect.run(command, input.path)
        #expect([0, 8].contains(answer.status))
        #expect(!(answer.output.isEmpty && answer.errors.isEmpty))
        if input == .missingFile { #expect(answer.status == 8) }
    }

    @Test("JSON tells of failures too", arguments: strict)
    func json(command: String) throws {
        let answer = try Zinspect.run(command, BadInput.zeros.path, "--json")
        #expect(answer.status == 8)
        let lines = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let summary = try #require(lines.last)
        #expect(summary["type"].string == "summary")
        #expect(summary["exit"].unsigned == 8)
    }

    @Test("a file without permission is told", arguments: strict)
    func unreadable(command: String) throws {
        let folder = try Scratch()
        let program = "\(folder.path)/zinspect"
        try FileManager.default.copyItem(atPath: Project.executable, toPath: program)
        let path = "\(folder.path)/closed.img"
        try Command.run("truncate", "-s", "64M", path)
        try Command.run("chmod", "000", path)
        try Command.run("chmod", "755", folder.path, program)
        let words =
            geteuid() == 0
            ? ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] : ["env"]
        let answer = try Command(words[0], words.dropFirst() + [program, command, path])
        #expect(answer.status == 8)
        #expect(answer.errorText.contains("ermission"), "\(answer.errorText)")
        try expectSentence(answer, naming: path)
    }

    private func expectSentence(_ answer: Command, naming path: String) throws {
        let name = try #require(path.split(separator: "/").last)
        #expect(answer.errorText.contains(name), "\(answer.errorText)")
        #expect(answer.errorText.hasPrefix("zinspect "))
        // An error's type name is no sentence.
        #expect(!answer.errorText.contains("Error("), "\(answer.errorText)")
    }
}
