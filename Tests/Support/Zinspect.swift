import Foundation

/// The program as its users run it.
package enum Zinspect {
    package static func run(_ arguments: String...) throws -> Command {
        try Command(Project.executable, arguments)
    }

    /// The names of the commands, from the program's own help.
    package static let commands: [String] = {
        guard let help = try? run("--help").text, let start = help.range(of: "SUBCOMMANDS:") else {
            return []
        }
        return help[start.upperBound...].split(separator: "\n")
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map(String.init) }
            .filter { $0 != "help" && $0 != "See" }
    }()

    /// Those that can't run without an argument: their usage shows one that is not in brackets.
    package static let commandsThatNeedArguments: [String] = commands.filter { command in
        guard let help = try? run(command, "--help").text,
            let usage = help.split(separator: "\n").first(where: { $0.hasPrefix("USAGE:") })
        else { return false }
        return usage.dropFirst("USAGE: zinspect \(command) ".count).hasPrefix("<")
    }

    /// Those that show what they find where one path is named.
    package static let commandsForPools = commands.filter {
        ["scan", "labels", "dump", "ls"].contains($0)
    }
}
