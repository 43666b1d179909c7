import ArgumentParser

/// The root command: it only lists its subcommands.
struct Zinspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zinspect",
        abstract: "Inspects, verifies and repairs ZFS pools that are not imported.",
        discussion: """
            POOL is a device, an image file, a directory that holds them, or a pool's name or GUID \
            that is looked up under --search. Nothing is ever written to a pool but by `repair --apply` and `undo`.

            Exit status is the sum of: 0 nothing wrong, 1 problems were corrected, 4 damage was met or is left, 8 the command \
            could not run, 16 the command line makes no sense, 32 cancelled.
            """,
        version: "zinspect \(Version.current)",
        subcommands: [
            Scan.self, Labels.self, Dump.self, List.self, Stat.self, Concatenate.self,
            ExtractCommand.self, Owner.self, VerifyCommand.self, VerifySpacemaps.self,
            RepairCommand.self, UndoCommand.self, ImageCommand.self, Explain.self,
        ])
}
