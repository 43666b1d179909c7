import ArgumentParser

/// The root command: it only lists its subcommands.
@main
struct Zinspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zinspect",
        abstract: "Inspects and repairs ZFS pools that are not imported.")
}
