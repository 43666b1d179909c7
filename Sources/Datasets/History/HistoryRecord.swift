package import Bytes

/// One record of the pool's history: a command, an internal event, or a call from a program.
///
/// Packed as an nvlist; which pairs it has says what it is (`ZPOOL_HIST_*` in `include/sys/fs/zfs.h`).
package struct HistoryRecord: Sendable, Hashable {
    /// Where it lies in the ring buffer: the logical byte offset of its length.
    package let offset: UInt64
    /// Seconds since 1970.
    package let time: UInt64?
    package let txg: TransactionGroup?
    package let kind: Kind
    /// The user that ran it, by number.
    package let user: UInt64?
    package let host: String?
    package let zone: String?
    /// The record as stored, with what is not shown otherwise.
    package let list: NVList

    package enum Kind: Sendable, Hashable {
        /// What was typed: `zpool create …`.
        case command(String)
        /// What the kernel did: its name, the dataset it concerns, and details.
        case event(name: String, dataset: String?, datasetObject: UInt64?, details: String)
        /// An event of the form before version 5000, by number.
        case numberedEvent(UInt64, details: String)
        /// A call of the management interface, with what was asked and answered.
        case call(String)
        /// None of these.
        case other
    }

    package init(_ list: NVList, at offset: UInt64) {
        self.list = list
        self.offset = offset
        time = list.uint64("history time")
        txg = list.txg("history txg")
        user = list.uint64("history who")
        host = list.string("history hostname")
        zone = list.string("history zone")
        if let command = list.string("history command") {
            kind = .command(command)
        } else if let number = list.uint64("history internal event") {
            kind = .numberedEvent(number, details: list.string("history internal str") ?? "")
        } else if let name = list.string("internal_name") {
            kind = .event(
                name: name, dataset: list.string("dsname"), datasetObject: list.uint64("dsid"),
                details: list.string("history internal str") ?? "")
        } else if let call = list.string("ioctl") {
            kind = .call(call)
        } else {
            kind = .other
        }
    }

    /// One line: what happened, without time and place.
    package var summary: String {
        switch kind {
        case .command(let command): command
        case .event(let name, let dataset, let object, let details):
            [
                name, dataset.map { "\($0)\(object.map { " (\($0))" } ?? "")" },
                details.isEmpty ? nil : details,
            ].compactMap(\.self).joined(separator: " ")
        case .numberedEvent(let number, let details):
            "\(HistoryEvent.name(number) ?? "event \(number)") \(details)"
        case .call(let name): "ioctl \(name)"
        case .other: "unknown record"
        }
    }
}

extension HistoryRecord {
    package var record: Record {
        var record = Record()
        record.add("time", time.map { .time($0) })
        record.add("txg", txg.map { .txg($0) })
        record.add("kind", .text(kindName))
        record.add("text", .text(summary))
        record.add("user", user.map { .number($0) })
        record.add("host", host.map { .text($0) })
        record.add("zone", zone.map { .text($0) })
        if case .event(_, let dataset, let object, _) = kind {
            record.add("dataset", dataset.map { .text($0) })
            record.add("dataset_object", object.map { .number($0) })
        }
        record.add("input", list.list("in_nvl").map { .record($0.record) })
        record.add("output", list.list("out_nvl").map { .record($0.record) })
        record.add("errno", list.int64("errno").map { .signed($0) })
        record.add("elapsed_nanoseconds", list.int64("elapsed_ns").map { .signed($0) })
        if case .other = kind { record.add("list", .record(list.record)) }
        return record
    }

    private var kindName: String {
        switch kind {
        case .command: "command"
        case .event, .numberedEvent: "event"
        case .call: "call"
        case .other: "other"
        }
    }
}
