import Bytes
import Datasets

extension DumpReport {
    /// The pool's history, oldest first; internal events only with `-v`.
    func showHistory() throws(PoolError) {
        var rows = try pool.historyRecords().map(\.record)
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
