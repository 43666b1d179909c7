package import Bytes
package import Verify

/// What `verify --rewind` shows: every state that can be gone back to, what it is worth and what it costs.
package struct RewindReport {
    private let states: [RewindState]
    private let output: Output
    /// The last of them is told in full.
    private let wanted: TransactionGroup?
    /// Things of one kind that text lists of a state.
    private static let mostShown = 10

    /// `wanted` is the group that the user asked for, if any.
    package init(_ states: [RewindState], _ output: Output, wanted: TransactionGroup? = nil) {
        self.states = states
        self.output = output
        self.wanted = wanted
    }

    package func show() {
        guard !states.isEmpty else {
            output.lines(["No uberblock of the pool is whole, so there is no state to go back to."])
            return
        }
        output.section(
            Section(
                type: "rewind_state", title: "States that uberblocks lead to",
                .table(
                    states.map(row),
                    columns: [
                        Column("txg"), Column("time"), Column("verdict", "STATE"),
                        Column("unreadable"), Column("copies"),
                        Column("created_count", "MADE SINCE"),
                        Column("changed_objects", "CHANGED SINCE"),
                        Column("written_since", "WRITTEN SINCE"),
                    ])))
        for state in states where isTold(state) { output.lines(lines(of: state)) }
        output.lines(verdict)
    }

    private func row(_ state: RewindState) -> Record {
        var record = state.record
        if !output.options.isJSON {
            record.add("created_count", .number(UInt64(state.changes.created.count)))
        }
        return record
    }

    /// Text tells of states that are not whole; with -v, and of the one that was asked for, everything.
    private func isTold(_ state: RewindState) -> Bool {
        isFull(state) || state.verdict != .whole
    }

    private func isFull(_ state: RewindState) -> Bool {
        output.options.verbosity > 0 || wanted != nil && state.txg == states.last?.txg
    }

    private func lines(of state: RewindState) -> [String] {
        var lines = ["txg \(state.txg.rawValue): \(state.verdict.rawValue)"]
        func list(_ title: String, _ items: [String], count: Int? = nil) {
            guard !items.isEmpty else { return }
            lines.append("    \(title):")
            let limit = isFull(state) ? items.count : Self.mostShown
            lines += items.prefix(limit).map { "        \($0)" }
            let more = (count ?? items.count) - min(limit, items.count)
            if more > 0 { lines.append("        and \(Units.count(UInt64(more))) more") }
        }
        if let obstacle = state.obstacle { lines.append("    \(obstacle)") }
        list("can't be read", state.damagedObjects)
        list(
            "blocks that can't be read", state.losses,
            count: Int(clamping: state.unreadableCount - state.sharedUnreadableCount))
        if state.sharedUnreadableCount > 0 {
            lines.append(
                "    \(Units.count(state.sharedUnreadableCount)) of its unreadable blocks belong to newer states, too"
            )
        }
        guard isFull(state) else { return lines }
        list("made since, would be lost", state.changes.created)
        list("destroyed since, would be there again", state.changes.destroyed)
        list(
            "renamed since",
            state.changes.renamed.map { "\($0.name), formerly \($0.former)" })
        for change in state.changes.datasets {
            list(
                "\(change.dataset): \(Units.count(change.objectCount)) objects changed, \(Units.size(change.byteCount)) written",
                change.paths.isEmpty
                    ? ["\(Units.count(change.objectCount)) objects"] : change.paths,
                count: change.paths.isEmpty ? 1 : Int(clamping: change.objectCount))
        }
        return lines
    }

    private var verdict: [String] {
        let whole = states.filter { $0.verdict == .whole }
        var lines = [
            "\(whole.count) of \(states.count) states are whole."
        ]
        if let current = states.first(where: \.isCurrent) {
            lines.append("Commands read txg \(current.txg), the newest that opens.")
            if current.verdict != .whole, let best = whole.first {
                lines.append("The newest state that is whole is that of txg \(best.txg).")
            }
        } else {
            lines.append("None of them opens.")
        }
        lines.append(
            "Older states become unreadable as their space is used again; that is no damage.")
        return lines
    }
}
