import TestSupport
import Testing

/// What every command answers alike.
@Suite struct CommonAnswerTests {
    @Test func `the program itself answers help and version`() throws {
        let help = try Zinspect.run("--help")
        #expect(help.status == 0)
        #expect(help.text.contains("SUBCOMMANDS"))
        let version = try Zinspect.run("--version")
        #expect(version.status == 0)
        #expect(version.text.hasPrefix("zinspect "))
    }

    @Test("help is an answer", arguments: Zinspect.commands)
    func help(command: String) throws {
        let answer = try Zinspect.run(command, "--help")
        #expect(answer.status == 0)
        #expect(answer.text.contains("USAGE: zinspect \(command)"))
        #expect(answer.errors.isEmpty)
    }

    @Test("the version is an answer", arguments: Zinspect.commands)
    func version(command: String) throws {
        let answer = try Zinspect.run(command, "--version")
        #expect(answer.status == 0)
        #expect(answer.text.hasPrefix("zinspect "))
    }

    @Test("an unknown option is a usage error that names it", arguments: Zinspect.commands)
    func unknownOption(command: String) throws {
        let answer = try Zinspect.run(command, "nowhere", "nowhere", "--no-such-option")
        #expect(answer.status == 16)
        #expect(answer.errorText.contains("--no-such-option"))
        #expect(answer.output.isEmpty)
    }

    @Test("an option's wrong value is a usage error", arguments: Zinspect.commands)
    func wrongValue(command: String) throws {
        let answer = try Zinspect.run(command, "nowhere", "--color", "sometimes")
        #expect(answer.status == 16)
        #expect(answer.errorText.contains("sometimes"))
    }

    @Test("a missing argument is a usage error", arguments: Zinspect.commandsThatNeedArguments)
    func missingArgument(command: String) throws {
        let answer = try Zinspect.run(command)
        #expect(answer.status == 16)
        #expect(answer.errorText.contains("Missing expected argument"))
        #expect(answer.output.isEmpty)
    }

    @Test func `an unknown command is a usage error`() throws {
        let answer = try Zinspect.run("no-such-command")
        #expect(answer.status == 16)
        #expect(answer.errorText.contains("no-such-command"))
    }

    @Test("a reader who goes away is no trouble", arguments: Zinspect.commandsForPools)
    func closedPipe(command: String) throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let script = "{ \"$0\" \"$1\" -v \"$2\"; echo \"status $?\" >&2; } | true"
        let answer = try Command("bash", ["-c", script, Project.executable, command, path])
        let status = answer.errorText.split(separator: "\n").last { $0.hasPrefix("status ") }
        // 141 is what a shell says of a program ended by SIGPIPE.
        #expect(["status 0", "status 141"].contains(status.map(String.init)))
        #expect(!answer.errorText.contains("rror"), "\(answer.errorText)")
    }

    @Test("a full disk is told, not ignored", arguments: Zinspect.commandsForPools)
    func fullDisk(command: String) throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let script = "exec \"$0\" \"$1\" \"$2\" > /dev/full"
        let answer = try Command("bash", ["-c", script, Project.executable, command, path])
        #expect(answer.status == 8)
        #expect(answer.errorText.contains("could not be written"))
    }

    @Test("JSON begins with a header and ends with a summary", arguments: Zinspect.commandsForPools)
    func json(command: String) throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let answer = try Zinspect.run(command, path, "--json")
        #expect(answer.status == 0)
        let lines = try answer.text.split(separator: "\n").map { try JSONValue(parsing: $0) }
        let header = try #require(lines.first)
        #expect(header["type"].string == "header")
        #expect(header["schema"].unsigned == 1)
        #expect(header["command"].string == command)
        let summary = try #require(lines.last)
        #expect(summary["type"].string == "summary")
        #expect(summary["exit"].unsigned == 0)
        #expect(answer.errors.isEmpty)
    }

    @Test("colour is there when asked for, and not otherwise", arguments: Zinspect.commandsForPools)
    func color(command: String) throws {
        let path = try #require(try TestPool.named("basic").devicePaths().first)
        let escape: UInt8 = 0x1b
        #expect(try !Zinspect.run(command, path).output.contains(escape))
        #expect(try !Zinspect.run(command, path, "--color", "never").output.contains(escape))
        #expect(try Zinspect.run(command, path, "--color", "always").output.contains(escape))
    }
}
