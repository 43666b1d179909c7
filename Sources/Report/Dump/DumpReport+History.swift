import Bytes
import Datasets

extension DumpReport {
    /// The pool's history, oldest first; internal events only with `-v`.
    func showHistory() throws(PoolError) {
        guard let number = pool.directory.object(.history) else {
            throw .absent("the pool keeps no history")
        }
        let history = try History(try pool.meta.object(number))
        var rows: [Record] = []
        history.forEachRecord {
            rows.append($0.record)
        } problem: { offset, what in
            pool.notes.damage("history at byte \(offset)", what)
        }
        // Commands are what people look for; a program gets everything.
        let isComplete = verbosity > 0 || output.options.isJSON
        if !isComplete { rows = rows.filter { $0["kind"] == .text("command") } }
        output.section(
            Section(
                type: "history", title: "History",
                .table(
                    rows,
                    columns: [
                        Column("time", "TIME (UTC)"), Column("txg"), Column("kind"), Column("text"),
                    ])))
    }
}
