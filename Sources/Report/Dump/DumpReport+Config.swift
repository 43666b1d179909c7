import Bytes
import Datasets
import Vdevs

extension DumpReport {
    /// The configuration in the MOS, or that of the labels where it can't be read.
    func showConfig() {
        if let config = pool.config {
            output.section(
                Section(type: "config", title: "Configuration", .record(config.record)))
        } else {
            output.section(
                Section(
                    type: "config", title: "Configuration (from the labels)",
                    .record(pool.candidate.config.record(present: ConfigKey.present))))
        }
    }

    /// The valid uberblocks of all devices, newest first; the one that is read is marked.
    func showUberblocks() {
        let rows = pool.uberblocks.map { uberblock in
            var row = Record(["in_use": .flag(uberblock == pool.uberblock)])
            for entry in uberblock.record.entries { row.add(entry.name, entry.value) }
            return row
        }
        var columns = [
            Column("txg"), Column("time", "TIME (UTC)"),
            Column("in_use", "IN USE") { $0 == .flag(true) ? "yes" : "" },
            Column("version"), Column("guid_sum", "GUID SUM"),
            Column("checkpoint_txg", "CHECKPOINT"),
        ]
        if verbosity > 0 {
            columns += [Column("byte_order", "ORDER"), Column("root_pointer", "ROOT POINTER")]
        }
        output.section(
            Section(type: "uberblock", title: "Uberblocks", .table(rows, columns: columns)))
    }

    func showFeatures() {
        let columns = [
            Column("name", "FEATURE"), Column("state"), Column("references"),
            Column("for", "NEEDED TO"), Column("enabled_txg", "ENABLED IN TXG"), Column("guid"),
        ]
        output.section(
            Section(
                type: "feature", title: "Features",
                .table(pool.features.list.map(\.record), columns: columns)))
    }

    /// The object directory, and every object of the MOS with `-v`.
    func showMeta() throws(PoolError) {
        output.section(
            Section(
                type: "object_directory", title: "Object directory",
                .record(pool.directory.record)))
        showObjects(of: pool.meta.set, dataset: "mos")
    }
}
