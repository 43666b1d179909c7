import Bytes
package import Verify

/// What `verify-spacemaps` shows: the space of each vdev by map and by census, what differs, and a verdict.
package struct SpaceReport {
    private let result: SpaceCheckResult
    private let output: Output
    /// Findings of one kind that text shows; the rest is counted.
    private static let mostShown = 10

    package init(_ result: SpaceCheckResult, _ output: Output) {
        self.result = result
        self.output = output
    }

    package func show() {
        showVdevs()
        showMetaslabs()
        showProblems()
        for item in result.unchecked { output.unchecked(what: item.what, why: item.why) }
        showVerdict()
        output.addToSummary(summary)
    }

    private var summary: Record {
        var record = result.totals.record
        record.add("leaked", .bytes(result.leaked))
        record.add("unprotected", .bytes(result.unprotected))
        record.add("allocated_by_map", .bytes(result.allocatedByMap))
        record.add("allocated_by_census", .bytes(result.allocatedByCensus))
        record.add("omitted_findings", .number(UInt64(result.omittedCount)))
        record.add("claim_memory", .bytes(UInt64(result.claimMemory)))
        record.add("spilled", .bytes(UInt64(result.spilledBytes)))
        record.add("cancelled", .flag(result.isCancelled))
        return record
    }

    private func showVdevs() {
        let vdevs = Dictionary(grouping: result.metaslabs, by: \.vdev).sorted { $0.key < $1.key }
        guard !vdevs.isEmpty else { return }
        output.section(
            Section(
                type: "vdev_space", title: "Space by vdev",
                .table(
                    vdevs.map { VdevSummary($0.value).record }, columns: VdevSummary.columns)))
        guard output.options.isTerminal, output.options.verbosity >= 0 else { return }
        output.lines(
            vdevs.flatMap { vdev, metaslabs in
                SpaceMapPicture(metaslabs, paint: output.options.paint).lines(title: "vdev \(vdev)")
            } + [SpaceMapPicture.legend])
    }

    /// Text shows the metaslabs that differ; with -v, and in JSON, all.
    private func showMetaslabs() {
        let isFull = output.options.isJSON || output.options.verbosity > 0
        let shown = result.metaslabs.filter { isFull || $0.isAtOdds || $0.obstacle != nil }
        guard !shown.isEmpty else { return }
        output.section(
            Section(
                type: "metaslab_space", title: isFull ? "Metaslabs" : "Metaslabs that differ",
                .table(
                    shown.map(\.record),
                    columns: [
                        Column("vdev"), Column("metaslab"), Column("offset"), Column("size"),
                        Column("spacemap"), Column("allocated_by_map", "BY MAP"),
                        Column("allocated_by_census", "BY CENSUS"), Column("leaked"),
                        Column("unprotected"), Column("claimed_twice", "TWICE"),
                        Column("fragmentation", "FRAG"), Column("unchecked", "NOT COMPARED"),
                    ])))
    }

    private func showProblems() {
        var shown: [String: Int] = [:]
        for problem in result.problems {
            let code = problem.kind.code
            shown[code, default: 0] += 1
            output.report(
                Finding(result.names.named(problem)),
                isShown: shown[code, default: 0] <= Self.mostShown || output.options.verbosity > 0)
        }
        guard output.options.verbosity == 0 else { return }
        let more = shown.filter { $0.value > Self.mostShown }.sorted { $0.key < $1.key }
        output.lines(
            more.map {
                "and \(Units.count(UInt64($0.value - Self.mostShown))) more of \($0.key); -v shows them"
            })
    }

    private func showVerdict() {
        var lines: [String] = []
        let blocks = "\(Units.count(result.totals.blockCount)) blocks"
        let space = Units.size(result.allocatedByCensus)
        let paint = output.options.paint
        if result.isCancelled {
            lines.append("Ended before the comparison: \(blocks) had been visited.")
        } else if result.problems.isEmpty && result.omittedCount == 0 {
            let scope = result.unchecked.isEmpty ? "" : " in what could be checked"
            lines.append(
                paint("Nothing wrong was found\(scope)", .good)
                    + ": \(blocks) own \(space), and the space maps agree.")
        } else {
            lines.append(paint(counts, .bad) + " among \(blocks) that own \(space).")
            lines += advice
        }
        if result.omittedCount > 0 {
            lines.append(
                "\(Units.count(UInt64(result.omittedCount))) further findings were only counted.")
        }
        output.lines(lines)
    }

    private var counts: String {
        let parts = Severity.allCases.reversed().compactMap { severity -> String? in
            let count = result.problems.count { $0.kind.severity == severity }
            guard count > 0 else { return nil }
            return "\(Units.count(UInt64(count))) \(severity.rawValue)\(count == 1 ? "" : "s")"
        }
        return parts.joined(separator: ", ")
    }

    private var advice: [String] {
        if result.unprotected > 0 {
            return [
                "\(Units.size(result.unprotected)) in use are marked free: whatever writes to the pool next may",
                "destroy them. Don't import it except with -o readonly=on, and copy out what they belong to.",
            ]
        }
        if result.problems.contains(where: { $0.kind == .spacemapDoubleFree }) {
            return [
                "The kernel panics when it loads such a metaslab. No data is affected;",
                "import the pool with -o readonly=on to copy it out.",
            ]
        }
        return []
    }
}
