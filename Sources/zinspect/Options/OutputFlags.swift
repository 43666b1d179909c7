import ArgumentParser
import FoundationEssentials
import Glibc
import Report

/// The options that every command has.
struct OutputFlags: ParsableArguments {
    @Flag(name: .long, help: "Print JSON Lines on standard output, and nothing else there.")
    var json = false

    @Flag(name: [.short, .customLong("verbose")], help: "Tell more; repeat it to tell still more.")
    var verbose: Int

    @Flag(name: [.short, .long], help: "Print only what matters most.")
    var quiet = false

    @Option(help: "Use colour: auto, always or never.")
    var color: ColorChoice = .auto

    /// The same choices as Report understands them.
    func options(command: String) -> OutputOptions {
        let environment = ProcessInfo.processInfo.environment
        let isColored =
            switch color {
            case .always: true
            case .never: false
            case .auto:
                isatty(STDOUT_FILENO) == 1 && environment["NO_COLOR", default: ""].isEmpty
                    && environment["TERM"] != "dumb"
            }
        return OutputOptions(
            isJSON: json, verbosity: quiet ? -1 : verbose, paint: Paint(isOn: isColored && !json),
            isTerminal: isatty(STDOUT_FILENO) == 1, command: command,
            tool: "zinspect \(Version.current)")
    }
}
