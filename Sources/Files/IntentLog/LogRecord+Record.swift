package import Bytes

extension LogRecord {
    package var record: Record {
        var record = Record([
            "type": .text(type.description), "length": .bytes(UInt64(byteCount)), "txg": .txg(txg),
            "sequence": .number(sequence),
        ])
        if ignoresCase { record.add("ignores_case", .flag(true)) }
        switch body {
        case .decoded(let body):
            for entry in body.record.entries { record.add(entry.name, entry.value) }
        case .unknown:
            record.add("data", .data([UInt8](bytes.dropFirst(Layout.byteCount))))
        case .encrypted(let pointers):
            record.add("encrypted", .flag(true))
            if !pointers.isEmpty {
                record.add("pointers", .list(pointers.map { .record($0.brief) }))
            }
        case .damaged(let error):
            record.add("damage", .text(error.description))
        }
        return record
    }
}
