package import Bytes

extension UberblockRing {
    /// The ring as a table with a row for each slot that was ever written.
    package var record: Record {
        var record = Record([
            "slot_size": .bytes(1 << UInt64(slotShift)), "slots": .number(UInt64(slots.count)),
            "slot_size_guessed": .flag(isGuessed),
            "valid": .number(UInt64(slots.count(where: \.checksum.isValid))),
            "empty": .number(UInt64(slots.count(where: \.isEmpty))),
        ])
        record.add("best_txg", best().map { .txg($0.txg) } ?? .none)
        record.add(
            "table", .list(slots.filter { !$0.isEmpty }.map { .record($0.record(in: slots.count)) })
        )
        return record
    }
}

extension UberblockSlot {
    /// One row of the ring's table; `count` is the number of slots.
    package func record(in count: Int) -> Record {
        var record = Record([
            "slot": .number(UInt64(index)), "offset": .offset(offset),
            "checksum": .text("\(checksum)"),
        ])
        record.add("role", role(in: count).map { .text($0.rawValue) } ?? .none)
        guard let uberblock else { return record }
        for entry in uberblock.record.entries { record.add(entry.name, entry.value) }
        return record
    }
}
