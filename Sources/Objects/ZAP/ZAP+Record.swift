package import Bytes

extension ZAP {
    /// The head of the ZAP: its form, hashing, counts and pointer table.
    package var record: Record {
        switch form {
        case .micro(let micro): micro.record
        case .fat(let header): header.record
        }
    }

    /// How a fat ZAP is filled; nil for a micro ZAP. It takes a pass over all leaves.
    package func statistics() -> ZAPStatistics? {
        guard case .fat(let header) = form else { return nil }
        var walk = FatZAPWalk(object: object, header: header, listsLeaves: true)
        _ = walk.run { _ in }
        return walk.statistics
    }
}

extension MicroZAP {
    package var record: Record {
        Record([
            "form": "micro", "block_size": .bytes(UInt64(slots.upperBound * Layout.slotSize)),
            "slots": .number(UInt64(slots.count)), "salt": .word(salt),
            "normalization": .word(normalization),
        ])
    }
}

extension FatZAPHeader {
    package var record: Record {
        Record([
            "form": "fat", "block_size": .bytes(UInt64(blockSize)),
            "entries": .number(entryCount), "leaves": .number(leafCount),
            "free_block": .number(freeBlock), "salt": .word(salt),
            "normalization": .word(normalization), "flags": .text("\(flags)"),
            "pointer_table": .record(
                Record([
                    "embedded": .flag(hasEmbeddedTable), "block": .number(tableBlock),
                    "block_count": .number(tableBlockCount), "shift": .number(tableShift),
                    "next_block": .number(nextTableBlock),
                    "blocks_copied": .number(tableBlocksCopied),
                ])),
        ])
    }
}

extension ZAPFlags: CustomStringConvertible {
    package var description: String {
        var names: [String] = []
        if contains(.hash64) { names.append("hash64") }
        if contains(.wordKeys) { names.append("uint64_key") }
        if contains(.preHashedKeys) { names.append("pre_hashed_key") }
        let rest = rawValue & ~7
        if rest != 0 { names.append("0x\(String(rest, radix: 16))") }
        return names.isEmpty ? "none" : names.joined(separator: " ")
    }
}

extension ZAPEntry {
    /// The key and the value in the form that fits it: a word, text, words, or raw bytes.
    package var record: Record {
        var record = Record()
        switch key {
        case .name: record.add("name", .text(name))
        case .words(let words): record.add("key", .list(words.map { .word($0) }))
        }
        record.add("integer_size", .number(UInt64(integerSize)))
        record.add("value", value.recordValue)
        return record
    }
}

extension ZAPValue {
    /// One word as such, readable bytes as text, other bytes raw, several integers as a list.
    package var recordValue: Record.Value {
        if let uint64, integerSize == 8 { return .word(uint64) }
        guard integerSize == 1 else { return .list(words.map { .word($0) }) }
        let bytes = bytes
        let isText = bytes.dropLast().allSatisfy { (0x20...0x7e).contains($0) }
        guard isText, bytes.last == 0, let string else { return .data(bytes) }
        return .text(string)
    }
}

extension ZAPProblem {
    package var record: Record {
        var record = Record([
            "kind": .text(kind.rawValue), "block": .number(block),
            "offset": .offset(UInt64(byteOffset)), "what": .text(what),
        ])
        record.add("chunk", chunk.map { .number(UInt64($0)) })
        record.add("stored", stored.map { .number($0) })
        record.add("actual", actual.map { .number($0) })
        return record
    }
}
