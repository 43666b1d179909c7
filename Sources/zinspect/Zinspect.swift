import ArgumentParser

/// The root command: it only lists its subcommands.
struct Zinspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zinspect",
        abstract: "Inspects ZFS pools that are not imported, without changing them.",
        discussion: """
            POOL is a device, an image file, a directory that holds them, or a pool's name or GUID \
            that is looked up under --search. Nothing is ever written to a pool by these commands.

            Exit status is the sum of: 0 nothing wrong, 4 damage was met on the way, 8 the command \
            could not run, 16 the command line makes no sense, 32 cancelled.
            """,
        version: "zinspect \(Version.current)",
        subcommands: [
            Scan.self, Labels.self, Dump.self, List.self, Stat.self, Concatenate.self,
            ExtractCommand.self, Owner.self, VerifyCommand.self, VerifySpacemaps.self, Explain.self,
        ])
}
