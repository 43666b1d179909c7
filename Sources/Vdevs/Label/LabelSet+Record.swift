package import Bytes
import Devices

extension LabelSet {
    /// Everything that the labels of a device tell.
    package var record: Record {
        var record = Record([
            "device": .text(deviceName), "size": .bytes(deviceSize),
            "best_label": best.map { .number(UInt64($0.index)) } ?? .none,
        ])
        record.add("identity", identity.map { .record($0.record) } ?? .none)
        record.add("best_uberblock", bestUberblock().map { .record($0.record) } ?? .none)
        record.add(
            "labels",
            .list(outcomes.enumerated().map { .record(Self.record($0.element, index: $0.offset)) }))
        record.add("differences", .list(differences.map { .record($0.record) }))
        record.add("slot_differences", .list(slotDifferences.map { .record($0.record) }))
        if !former.isEmpty {
            record.add("former_labels", .list(former.map { .record($0.record) }))
        }
        record.add("cache_header", cacheHeader.map { .record($0.record) })
        record.add("cache_log", cacheLog.map { .record($0.record) })
        return record
    }

    private static func record(_ outcome: LabelOutcome, index: Int) -> Record {
        switch outcome {
        case .read(let label): return label.record
        case .unreadable(let error):
            return Record([
                "label": .number(UInt64(index)), "offset": .offset(error.offset),
                "outcome": "unreadable", "error": .text("\(error)"),
            ])
        case .noRoom:
            return Record(["label": .number(UInt64(index)), "outcome": "no room on the device"])
        }
    }
}

extension Label {
    package var record: Record {
        Record([
            "label": .number(UInt64(index)), "offset": .offset(offset),
            "outcome": isEmpty ? "empty" : "read", "pad": isPadEmpty ? "empty" : "in use",
            "boot_environment": .record(bootEnvironment.record), "config": .record(config.record),
            "uberblocks": .record(ring.record),
        ])
    }
}

extension LabelSet.Difference {
    package var record: Record {
        Record([
            "label": .number(UInt64(label)), "path": .text(path),
            "expected": expected.map { ConfigKey.value($0, at: path) } ?? .none,
            "found": found.map { ConfigKey.value($0, at: path) } ?? .none,
        ])
    }
}

extension LabelSet.SlotDifference {
    package var record: Record {
        Record([
            "slot": .number(UInt64(slot)),
            "txgs": .list(txgs.map { $0.map(Record.Value.txg) ?? .none }),
        ])
    }
}
