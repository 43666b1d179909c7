import Bytes
package import Verify

/// What `verify` shows: the findings, what was not checked, the passes with their times, and what it all means.
package struct VerifyReport {
    private let result: VerifyResult
    private let output: Output
    /// Findings of one kind that text shows; the rest is counted.
    private static let mostShown = 10

    package init(_ result: VerifyResult, _ output: Output) {
        self.result = result
        self.output = output
    }

    package func show() {
        showProblems()
        for item in result.unchecked { output.unchecked(what: item.what, why: item.why) }
        showKinds()
        showPasses()
        output.lines(Verdict(result, paint: output.options.paint).lines)
        output.addToSummary(summary)
    }

    private var summary: Record {
        var record = result.space?.totals.record ?? Record()
        record.add("omitted_findings", .number(UInt64(result.omittedCount)))
        record.add("cancelled", .flag(result.isCancelled))
        return record
    }

    private func showProblems() {
        var shown: [String: Int] = [:]
        let isFull = output.options.verbosity > 0
        for problem in result.problems {
            let code = problem.kind.code
            shown[code, default: 0] += 1
            output.report(
                Finding(result.names.named(problem)),
                isShown: isFull || shown[code, default: 0] <= Self.mostShown)
        }
        guard !isFull else { return }
        output.lines(
            shown.filter { $0.value > Self.mostShown }.sorted { $0.key < $1.key }.map {
                "and \(Units.count(UInt64($0.value - Self.mostShown))) more of \($0.key); -v shows them"
            })
    }

    private func showKinds() {
        let kinds = Dictionary(grouping: result.problems, by: \.kind)
            .sorted { $0.key.code < $1.key.code }
        guard !kinds.isEmpty else { return }
        output.section(
            Section(
                type: "kind", title: "Findings by kind",
                .table(
                    kinds.map { kind, problems in
                        var record = Record([
                            "code": .text(kind.code), "severity": .text(kind.severity.rawValue),
                            "count": .number(UInt64(problems.count)),
                            "repair": .text(kind.repair.rawValue),
                        ])
                        record.add("cure", kind.cure.map { .text($0) })
                        return record
                    },
                    columns: [
                        Column("code"), Column("severity"), Column("count"), Column("repair"),
                        Column("cure"),
                    ])))
    }

    private func showPasses() {
        guard !result.passes.isEmpty else { return }
        output.section(
            Section(
                type: "pass", title: "Passes",
                .table(
                    result.passes.map(\.record),
                    columns: [
                        Column("pass"), Column("seconds", "TIME"), Column("findings"),
                        Column("unchecked", "NOT CHECKED"),
                    ])))
    }
}
