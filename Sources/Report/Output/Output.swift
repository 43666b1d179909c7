package import Bytes
import Verify

/// Everything a command prints goes through one of these: header, sections, damage, summary.
///
/// Text and JSON say the same. What was damaged or could not be checked is counted here, since the
/// exit status depends on it.
package final class Output {
    package let options: OutputOptions
    private let out: TextSink
    private let diagnostics: TextSink
    private var severities: [Severity: UInt64] = [:]
    private var uncheckedCount: UInt64 = 0
    private var hasPrinted = false
    private var summaryFacts = Record()

    package init(_ options: OutputOptions, out: TextSink, diagnostics: TextSink) {
        self.options = options
        self.out = out
        self.diagnostics = diagnostics
    }

    /// Whether damage was met that makes the exit status 4.
    package var metDamage: Bool {
        Severity.allCases.contains { $0.isDamage && severities[$0, default: 0] > 0 }
    }

    /// The first JSON line; text output has none, since a reader knows what was typed.
    package func header(_ facts: Record = Record()) {
        guard options.isJSON else { return }
        var record = Record([
            "type": "header", "schema": .number(1), "tool": .text(options.tool),
            "command": .text(options.command),
        ])
        for entry in facts.entries { record.add(entry.name, entry.value) }
        out.line(record)
    }

    /// Prints a section in the form that was asked for.
    package func section(_ section: Section) {
        print(Rendering([section], options))
    }

    /// Prints sections that were rendered before.
    package func print(_ rendering: Rendering) {
        if hasPrinted && !options.isJSON { out.line("") }
        hasPrinted = true
        out.bytes(rendering.bytes)
    }

    /// Prints one line of a listing, as it is.
    package func line(_ text: String) { out.line(text) }

    /// Writes bytes of a file, as they are; false where nothing more can be written.
    package func bytes(_ bytes: [UInt8]) -> Bool {
        out.bytes(bytes)
        return out.failure == nil
    }

    /// Prints what is wrong with the pool, in the form that verify uses for its findings.
    package func finding(_ finding: Finding) {
        severities[finding.severity, default: 0] += 1
        if options.isJSON {
            out.line(finding.record)
        } else {
            let role: Paint.Role =
                switch finding.severity {
                case .note: .dim
                case .warning: .caution
                case .error, .fatal: .bad
                }
            diagnostics.line(
                options.paint(finding.severity.rawValue, role) + ": " + finding.message.printable
                    + finding.placeText)
        }
    }

    /// Prints a finding as part of the report itself, for commands that are there to find; `isShown` is false where
    /// text leaves it out because too many of its kind were shown before. JSON leaves out nothing.
    package func report(_ finding: Finding, isShown: Bool = true) {
        severities[finding.severity, default: 0] += 1
        if options.isJSON {
            out.line(finding.record)
            return
        }
        guard isShown else { return }
        if hasPrinted { out.line("") }
        hasPrinted = true
        let role: Paint.Role =
            finding.severity == .note ? .dim : finding.severity == .warning ? .caution : .bad
        out.line(
            options.paint(finding.severity.rawValue, role) + ": " + finding.message.printable
                + options.paint(" [\(finding.code)]", .dim))
        for line in finding.lines { out.line("    " + line.printable) }
    }

    /// Prints lines of text as part of the report; JSON has the same facts in its records.
    package func lines(_ lines: [String]) {
        guard !options.isJSON, !lines.isEmpty else { return }
        if hasPrinted { out.line("") }
        hasPrinted = true
        for line in lines { out.line(line) }
    }

    /// Forgets what was found so far: it has been mended, and what is found from now on counts.
    package func startOver() {
        severities = [:]
        uncheckedCount = 0
    }

    /// Says what was left out, and why.
    package func unchecked(what: String, why: String) {
        uncheckedCount += 1
        if options.isJSON {
            out.line(Record(["type": "unchecked", "what": .text(what), "why": .text(why)]))
        } else {
            diagnostics.line(
                options.paint(uncheckedWord, .caution) + ": \(what.printable): \(why.printable)")
        }
    }

    /// What a command that shows things did not do with what it left out, or one that checks them.
    private var uncheckedWord: String {
        options.command.hasPrefix("verify") || options.command == "repair"
            ? "not checked" : "not shown"
    }

    /// The reason for which the command can't go on.
    package func failure(_ message: String) {
        diagnostics.line(
            options.paint("zinspect \(options.command)", .bad) + ": " + message.printable)
    }

    /// Adds to what the summary will say.
    package func addToSummary(_ facts: Record) {
        for entry in facts.entries { summaryFacts.add(entry.name, entry.value) }
    }

    /// The last JSON line, with the exit status that will follow.
    package func summary(exit status: Int32, seconds: Double) {
        guard options.isJSON else { return }
        var findings = Record()
        for severity in Severity.allCases.reversed() {
            findings.add(severity.rawValue, .number(severities[severity, default: 0]))
        }
        var record = Record([
            "type": "summary", "findings": .record(findings),
            "unchecked": .number(uncheckedCount),
        ])
        for entry in summaryFacts.entries { record.add(entry.name, entry.value) }
        record.add("seconds", .ratio((seconds * 1000).rounded() / 1000))
        record.add("exit", .signed(Int64(status)))
        out.line(record)
    }

    /// Why output was lost, if it was.
    package var writeFailure: String? { out.failure }

    /// Hands everything to the operating system.
    package func flush() {
        out.flush()
        diagnostics.flush()
    }
}
