import Bytes
import Datasets
package import Repair

/// What `undo` shows of an undo log.
package struct UndoReport {
    private let output: Output

    package init(_ output: Output) { self.output = output }

    package func show(_ log: UndoLog) {
        let bytes = log.records.reduce(UInt64(0)) { $0 &+ UInt64($1.byteCount) }
        output.section(
            Section(
                type: "undo", title: "Undo log",
                .record(
                    Record([
                        "guid": .guid(log.pool), "txg_before": .txg(log.oldTxg),
                        "txg_after": .txg(log.newTxg),
                        "writes": .number(UInt64(log.records.count)), "size": .bytes(bytes),
                    ]))))
        guard output.options.verbosity > 0 else { return }
        output.section(
            Section(
                type: "write", title: "Places",
                .table(
                    log.records.map { record in
                        Record([
                            "stage": .number(UInt64(record.stage)),
                            "device": .guid(record.device), "offset": .offset(record.offset),
                            "size": .bytes(UInt64(record.byteCount)),
                        ])
                    },
                    columns: [
                        Column("stage"), Column("device"), Column("offset"), Column("size"),
                    ])))
    }
}
