package import Bytes

extension SpaceMapHeader {
    package var record: Record {
        var record = Record([
            "object": .number(object), "length": .bytes(length), "allocated": .signed(allocated),
        ])
        record.add("histogram", histogram.map { .list($0.map { .number($0) }) })
        return record
    }
}

extension SpaceMapEntry {
    package var record: Record {
        var record = Record([
            "position": .offset(position), "kind": .text(kind == .allocation ? "alloc" : "free"),
            "offset": .number(offset), "run": .number(run), "words": .number(UInt64(wordCount)),
        ])
        record.add("vdev", vdev.map { .number(UInt64($0)) })
        if txg != 0 {
            record.add("txg", .txg(TransactionGroup(txg)))
            record.add("sync_pass", .number(UInt64(syncPass)))
        }
        return record
    }
}

extension SpaceMapProblem {
    package var record: Record {
        Record([
            "kind": .text(kind.rawValue), "position": .offset(position), "what": .text(what),
        ])
    }
}
