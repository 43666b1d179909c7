import Bytes
import Devices
package import Vdevs

/// What `labels` shows of one device: the four labels side by side, then what they hold.
package struct LabelReport: Sendable {
    private let labels: LabelSet
    private let verbosity: Int

    package init(_ labels: LabelSet, verbosity: Int) {
        self.labels = labels
        self.verbosity = verbosity
    }

    /// The sections in the order of reading; JSON has one record with everything instead.
    package var sections: [Section] {
        var sections = [overview, labelTable]
        if let configuration { sections.append(configuration) }
        if !labels.differences.isEmpty { sections.append(differences) }
        sections.append(contentsOf: rings)
        if let cacheHeader = labels.cacheHeader {
            sections.append(
                Section(
                    type: "cache_header", title: "Cache device header",
                    .record(cacheHeader.record)))
        }
        if let cacheLog = labels.cacheLog { sections.append(Self.section(of: cacheLog)) }
        for former in labels.former {
            sections.append(
                Section(
                    type: "former_label",
                    title: "Label \(former.index) as it stood before the device grew",
                    .record(former.config.record)))
        }
        return sections
    }

    private static func section(of log: L2ARCLog) -> Section {
        Section(
            type: "cache_log", title: "Log of the cache, newest block first (\(log.end))",
            .table(
                log.blocks.map(\.record),
                columns: [
                    Column("offset"), Column("size"), Column("buffers"),
                    Column("buffer_bytes", "OF BYTES"), Column("payload_start", "FROM"),
                    Column("oldest_birth", "OLDEST TXG"), Column("newest_birth", "NEWEST TXG"),
                ]))
    }

    /// One JSON record with all there is.
    package var section: Section {
        Section(type: "labels", title: "", .record(labels.record))
    }

    private var overview: Section {
        var facts = Record(["size": .bytes(labels.deviceSize)])
        if let identity = labels.identity {
            facts.add("pool", .text(Self.pool(identity)))
            facts.add("state", identity.state.map { .text("\($0)") })
            facts.add("device", identity.guid.map(Record.Value.guid))
            facts.add("top_level_vdev", labels.vdevTree.map { .text(Self.describe($0)) })
            facts.add("host", identity.hostname.map(Record.Value.text))
        }
        if let best = labels.bestUberblock() {
            facts.add(
                "best_uberblock", .text("txg \(best.txg), \(Units.time(best.timestamp)) UTC"))
        }
        return Section(type: "device", title: labels.deviceName, .record(facts))
    }

    private static func pool(_ identity: PoolIdentity) -> String {
        let guid = identity.poolGUID.map { " (\($0))" } ?? ""
        return (identity.name ?? "without a name") + guid
    }

    private static func describe(_ vdev: VdevConfig) -> String {
        let count = vdev.children.count
        return "\(vdev.kind)" + (count > 0 ? " of \(count)" : "")
            + (vdev.ashift.map { ", ashift \($0)" } ?? "")
    }

    private var labelTable: Section {
        let rows = labels.outcomes.enumerated().map { Self.row($0.offset, $0.element) }
        return Section(
            type: "label", title: "Labels",
            .table(
                rows,
                columns: [
                    Column("label"), Column("offset"), Column("outcome"),
                    Column("config", "CONFIGURATION"), Column("txg"),
                    Column("boot", "BOOT ENVIRONMENT"), Column("valid", "UBERBLOCKS"),
                    Column("best", "NEWEST TXG"),
                ]))
    }

    private static func row(_ index: Int, _ outcome: LabelOutcome) -> Record {
        var row = Record(["label": .number(UInt64(index))])
        switch outcome {
        case .noRoom: row.add("outcome", "no room on the device")
        case .unreadable(let error):
            row.add("offset", .offset(error.offset))
            row.add("outcome", .text("unreadable: \(error)"))
        case .read(let label):
            row.add("offset", .offset(label.offset))
            row.add("outcome", label.isEmpty ? "empty" : "read")
            row.add("config", .text(state(of: label.config)))
            row.add("txg", label.config.list?.txg(ConfigKey.poolTxg).map(Record.Value.txg))
            row.add("boot", label.bootEnvironment.record["contents"])
            let valid = label.ring.slots.count(where: \.checksum.isValid)
            row.add("valid", .text("\(valid) of \(label.ring.slots.count)"))
            row.add("best", label.ring.best().map { .txg($0.txg) })
        }
        return row
    }

    private static func state(of config: LabelConfig) -> String {
        switch config.contents {
        case .empty: "empty"
        case .unreadable: "unreadable"
        case .list(let decoding):
            if !config.checksum.isValid {
                "checksum \(config.checksum)"
            } else if decoding.findings.isEmpty {
                "valid"
            } else {
                "valid checksum, damaged list"
            }
        }
    }

    private var configuration: Section? {
        guard let best = labels.best, let list = best.config.list else { return nil }
        return Section(
            type: "config", title: "Configuration (label \(best.index))",
            .record(list.record(present: ConfigKey.present)))
    }

    private var differences: Section {
        Section(
            type: "difference", title: "Where labels differ from the best one",
            .table(
                labels.differences.map(\.record),
                columns: [
                    Column("label"), Column("path"), Column("expected"), Column("found"),
                ]))
    }
}

extension LabelReport {
    /// The uberblock ring of the best label; of every label with `-v`.
    private var rings: [Section] {
        let shown =
            verbosity > 0 ? labels.labels : (labels.best ?? labels.labels.first).map { [$0] } ?? []
        return shown.map { label in
            let ring = label.ring
            let rows = ring.slots.filter { !$0.isEmpty }.map { $0.record(in: ring.slots.count) }
            return Section(
                type: "uberblock",
                title: "Uberblocks of label \(label.index) "
                    + "(\(ring.slots.count) slots of \(Units.size(1 << UInt64(ring.slotShift))))",
                .table(Self.sorted(rows, verbosity), columns: Self.ringColumns(verbosity)))
        }
    }

    /// Newest first, and only the newest few unless more is asked for.
    private static func sorted(_ rows: [Record], _ verbosity: Int) -> [Record] {
        let sorted = rows.sorted { txg(of: $0) > txg(of: $1) }
        return verbosity > 0 ? sorted : Array(sorted.prefix(8))
    }

    private static func txg(of row: Record) -> UInt64 {
        if case .txg(let txg)? = row["txg"] { txg.rawValue } else { 0 }
    }

    private static func ringColumns(_ verbosity: Int) -> [Column] {
        var columns = [
            Column("slot"), Column("txg"), Column("time", "TIME (UTC)"), Column("checksum"),
            Column("role"), Column("checkpoint_txg", "CHECKPOINT"),
        ]
        if verbosity > 0 {
            columns += [
                Column("version"), Column("guid_sum", "GUID SUM"), Column("byte_order", "ORDER"),
                Column("root_pointer.dvas", "ROOT POINTER"),
            ]
        }
        return columns
    }
}
