import Bytes
import Datasets

extension DumpReport {
    /// The dedup tables with their statistics; every entry with `-v`.
    func showDedup() throws(PoolError) {
        let tables = pool.dedupTables()
        var stores: [Record] = []
        for table in tables {
            for store in table.stores {
                var row = Record(["checksum": .text("\(table.checksum)")])
                for entry in store.record.entries { row.add(entry.name, entry.value) }
                stores.append(row)
            }
        }
        output.section(
            Section(
                type: "dedup_table", title: "Dedup tables",
                .table(
                    stores,
                    columns: [
                        Column("checksum"), Column("name"), Column("class"), Column("object"),
                        Column("entries"), Column("disk_bytes", "ON DISK"),
                        Column("memory_bytes", "IN MEMORY"),
                    ])))
        let logs = tables.flatMap(\.logs)
        if !logs.isEmpty {
            output.section(
                Section(
                    type: "dedup_log", title: "Logs of dedup tables",
                    .table(
                        logs.map(\.record),
                        columns: [
                            Column("name"), Column("object"), Column("length"),
                            Column("first_txg", "FIRST TXG"), Column("flushing"),
                        ])))
        }
        guard verbosity > 0 else { return }
        for table in tables {
            for store in table.stores {
                var rows: [Record] = []
                try table.forEachEntry(of: store) { rows.append($0.record) }
                output.section(
                    Section(
                        type: "dedup_entry", title: store.name,
                        .records(rows) { $0["checksum"]?.text ?? "entry" }))
            }
        }
    }

    /// The block reference tables; every reference with `-v`.
    func showReferences() throws(PoolError) {
        let tables = pool.blockReferences()
        output.section(
            Section(type: "block_references", title: "Cloned blocks", .record(tables.record)))
        guard verbosity > 0 else { return }
        for table in tables.vdevs {
            var rows: [Record] = []
            try table.forEachReference { reference in
                var row = Record(["vdev": .number(UInt64(table.vdev))])
                for entry in reference.record.entries { row.add(entry.name, entry.value) }
                rows.append(row)
            }
            output.section(
                Section(
                    type: "block_reference", title: "References on vdev \(table.vdev)",
                    .table(
                        rows,
                        columns: [
                            Column("vdev"), Column("offset"),
                            Column("extra_references", "FURTHER REFERENCES"),
                        ])))
        }
    }
}
