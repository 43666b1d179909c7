import Bytes
import Datasets
import Files
import Objects

extension DumpReport {
    /// The bookmarks of all datasets.
    func showBookmarks() throws(PoolError) {
        let rows = try pool.datasets().datasets.filter { !$0.isSnapshot }
            .flatMap { pool.bookmarks(of: $0) }.map(\.record)
        output.section(
            Section(
                type: "bookmark", title: "Bookmarks",
                .table(
                    rows,
                    columns: [
                        Column("name"), Column("guid"),
                        Column("creation_txg", "CREATED IN TXG"),
                        Column("creation_time", "CREATED (UTC)"),
                        Column("redaction_list", "REDACTION LIST"),
                    ])))
    }

    /// The blocks that scrubs and reads found broken.
    func showErrors() {
        output.section(
            Section(
                type: "error", title: "Error log",
                .table(
                    pool.errors().map(\.record),
                    columns: [
                        Column("log"), Column("dataset_object", "DATASET"), Column("object"),
                        Column("level"), Column("block"), Column("birth"),
                    ])))
    }

    /// The running or last scan, removal and condensing.
    func showScan() throws(PoolError) {
        let states: [(String, String, Record?)] = [
            ("scan", "Scrub or resilver", try pool.scan()?.record),
            ("error_scrub", "Scrub of known errors", try pool.errorScrub()?.record),
            ("removal", "Removal of a vdev", try pool.removal()?.record),
            ("condensing", "Condensing of a mapping", try pool.condensing()?.record),
        ]
        for (type, title, record) in states {
            if let record { output.section(Section(type: type, title: title, .record(record))) }
        }
        if states.allSatisfy({ $0.2 == nil }) {
            output.section(
                Section(type: "scan", title: "Scrub or resilver", .table([], columns: [])))
        }
    }

    /// The intent log of every head; the records with `-v`.
    func showIntentLogs() throws(PoolError) {
        var rows: [Record] = []
        var blocks: [Record] = []
        for dataset in try pool.datasets().datasets where !dataset.isSnapshot {
            let log: IntentLog
            do throws(PoolError) {
                let set = try contents.objectSet(of: dataset)
                log = IntentLog(set.header.intentLog, source: set.source)
            } catch {
                pool.notes.damage("dataset \(dataset.name)", "\(error)", code: .objectSetUnreadable)
                continue
            }
            var row = Record(["dataset": .text(dataset.name)])
            for entry in log.header.record.entries { row.add(entry.name, entry.value) }
            var blockCount: UInt64 = 0
            var recordCount: UInt64 = 0
            let isListed = verbosity > 0
            let end = log.forEachBlock { block in
                blockCount += 1
                recordCount += UInt64(block.records.count)
                guard isListed else { return }
                var record = Record(["dataset": .text(dataset.name)])
                for entry in block.record.entries { record.add(entry.name, entry.value) }
                blocks.append(record)
            }
            row.add("blocks", .number(blockCount))
            row.add("records", .number(recordCount))
            row.add("state", .text("\(end)"))
            rows.append(row)
        }
        output.section(
            Section(
                type: "intent_log", title: "Intent logs",
                .table(
                    rows,
                    columns: [
                        Column("dataset"), Column("blocks"), Column("records"),
                        Column("claim_txg", "CLAIMED IN TXG"), Column("state", "THE LOG"),
                    ])))
        guard verbosity > 0, !blocks.isEmpty else { return }
        output.section(
            Section(
                type: "log_block", title: "Blocks of intent logs",
                .records(blocks) { record in
                    "\(record["dataset"]?.text ?? "") block \(record["sequence"]?.text ?? "")"
                }))
    }
}
