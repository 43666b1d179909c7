import ArgumentParser
import Report
import Verify

/// `zinspect explain [CODE ...]`
struct Explain: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what a problem means, what the data is worth, and what a repair does.",
        discussion: """
            CODE is a problem's code, as findings show it in brackets: spacemap.double-free. A family, \
            such as spacemap, stands for all its codes. Without CODE all are listed.
            """)

    @Argument(help: "Codes or families of problems.")
    var code: [String] = []

    @OptionGroup var output: OutputFlags

    func run() throws {
        let kinds = try code.flatMap { text in
            let found = ProblemKind.catalogue.filter { $0.code == text || $0.family == text }
            guard !found.isEmpty else {
                throw ValidationError(
                    "'\(text)' is no problem that this version knows; zinspect explain lists all.")
            }
            return found
        }
        try CommandRun(name: "explain", flags: output) { output in
            output.header()
            guard kinds.isEmpty else {
                for kind in kinds { Explanation(kind).show(output) }
                return
            }
            Explanation.list(ProblemKind.catalogue, output)
        }
    }
}
