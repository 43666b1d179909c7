import Bytes
import Datasets
package import Devices
package import Extract
package import Files
import Verify

/// What `extract` does and says: the copy with its progress, then what came of it.
package struct ExtractReport {
    /// As many files that are not complete are listed; with `-v` as many as the summary holds.
    private static let listed = 20

    /// How it ended, apart from damage, which the output counts.
    package enum Ending {
        case finished
        /// The target did not take some of the files.
        case refused
        case cancelled
    }

    let contents: PoolContents
    let output: Output
    let options: ExtractOptions
    let interruption: Interruption

    package init(
        _ contents: PoolContents, _ output: Output, _ options: ExtractOptions,
        _ interruption: Interruption
    ) {
        self.contents = contents
        self.output = output
        self.options = options
        self.interruption = interruption
    }

    /// Copies what was asked for to the folder at `path`; throws what ended it, apart from the user.
    package func run(_ request: ExtractRequest, to path: String) throws(ExtractError) -> Ending {
        let start = ContinuousClock.now
        let control = ExtractControl(interruption: interruption)
        defer { for note in contents.pool.notes.all { output.finding(Finding(note)) } }
        let extraction = try Extraction(contents, request, to: path, options, control)
        let line = ProgressLine(control.meter, isWanted: output.options.verbosity >= 0)
        line.start()
        let ended = Result { () throws(ExtractError) in try extraction.run() }
        line.finish()
        let summary = extraction.summary
        show(summary, path, extraction.manifestPath, ContinuousClock.now - start)
        do {
            try ended.get()
        } catch {
            guard case .cancelled = error else { throw error }
            output.failure("\(error)")
            return .cancelled
        }
        return summary.refusedCount > 0 ? .refused : .finished
    }

    private func show(
        _ summary: ExtractSummary, _ path: String, _ manifest: String, _ time: Duration
    ) {
        for entry in summary.unfinished.prefix(
            output.options.verbosity > 0 ? .max : Self.listed)
        {
            tell(entry)
        }
        let lines = output.options.verbosity < 0 ? [] : self.lines(summary, path, manifest, time)
        guard output.options.isJSON || !lines.isEmpty else { return }
        output.section(
            Section(
                type: "extraction", title: "Copied", .lines(lines, record(summary, path, manifest)))
        )
    }

    /// Says what is wrong with a copy: damage of the pool is a finding, what the target refuses is not.
    private func tell(_ entry: ManifestEntry) {
        let name = entry.path.isEmpty ? entry.dataset : "\(entry.dataset):\(entry.path)"
        let why = entry.problems?.first ?? "it is damaged"
        guard entry.state != .refused else {
            output.failure("\(name) was not copied: \(why)")
            return
        }
        let what = entry.state == .failed ? "could not be copied" : "is not complete"
        var location = Record(["dataset": .text(entry.dataset), "object": .number(entry.object)])
        if !entry.path.isEmpty { location.add("path", .text(entry.path)) }
        output.finding(
            Finding(
                code: "object.damaged", severity: .error, message: "\(name) \(what): \(why)",
                location: location))
    }

    private func lines(
        _ summary: ExtractSummary, _ path: String, _ manifest: String, _ time: Duration
    ) -> [String] {
        let paint = output.options.paint
        let kinds = summary.kinds.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { Self.amount($0.value, $0.key) }
        var lines = [
            (kinds.isEmpty ? "nothing" : kinds.joined(separator: ", "))
                + ", \(Units.size(summary.byteCount)) of contents, to \(path.printable)"
                + " in \(Units.decimal(time / .seconds(1), digits: 1)) s"
        ]
        if summary.resumedCount > 0 {
            lines.append("copied by an earlier run: \(Units.count(summary.resumedCount))")
        }
        let unfinished = [
            ("incomplete", summary.incompleteCount), ("unreadable", summary.failedCount),
            ("not taken by the target", summary.refusedCount),
        ].filter { $0.1 > 0 }.map { "\($0.0): \(Units.count($0.1))" }
        if !unfinished.isEmpty {
            let bytes = summary.damagedByteCount
            let zeros = bytes > 0 ? "; zeros stand for \(Units.size(bytes))" : ""
            lines.append(paint(unfinished.joined(separator: ", "), .bad) + zeros)
        }
        let notSet = summary.notSet.sorted { $0.key < $1.key }
            .map { "\($0.key) of \(Units.count($0.value))" }
        if !notSet.isEmpty {
            lines.append(
                paint("could not be set: " + notSet.joined(separator: ", "), .caution)
                    + "; the manifest has what they should be")
        }
        if summary.forbiddenCount > 0 {
            lines.append(
                "only root may make device nodes, so there is no copy of "
                    + Units.count(summary.forbiddenCount))
        }
        if summary.recordedACLCount > 0 {
            lines.append(
                "NFSv4 ACLs, which Linux can't set, kept in the manifest: "
                    + Units.count(summary.recordedACLCount))
        }
        if summary.renamedCount > 0 {
            lines.append(
                "under another name, since the target can't hold theirs: "
                    + Units.count(summary.renamedCount))
        }
        return lines + ["manifest: \(manifest.printable)"]
    }

    private static func amount(_ count: UInt64, _ kind: String) -> String {
        let word = kind.hasSuffix("y") ? String(kind.dropLast()) + "ie" : kind
        return Units.count(count) + " " + (count == 1 ? kind : word + "s")
    }

    private func record(
        _ summary: ExtractSummary, _ path: String, _ manifest: String
    ) -> Record {
        var kinds = Record()
        for (kind, count) in summary.kinds.sorted(by: { $0.key < $1.key }) {
            kinds.add(kind.replacing(" ", with: "_"), .number(count))
        }
        var notSet = Record()
        for (what, count) in summary.notSet.sorted(by: { $0.key < $1.key }) {
            notSet.add(what, .number(count))
        }
        return Record([
            "to": .text(path), "manifest": .text(manifest), "copied": .record(kinds),
            "bytes": .bytes(summary.byteCount), "complete": .number(summary.completeCount),
            "incomplete": .number(summary.incompleteCount),
            "failed": .number(summary.failedCount), "refused": .number(summary.refusedCount),
            "resumed": .number(summary.resumedCount),
            "damaged_bytes": .bytes(summary.damagedByteCount), "not_set": .record(notSet),
            "recorded_acls": .number(summary.recordedACLCount),
        ])
    }
}
