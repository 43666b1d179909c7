extension NVList {
    /// The list as a record, one entry for each pair.
    ///
    /// An nvlist does not say what its numbers mean. `present` may give a number of that name its unit;
    /// where it gives nil, the number is shown as it is.
    package func record(
        present: (_ name: String, _ value: UInt64) -> Record.Value? = { _, _ in nil }
    ) -> Record {
        var record = Record()
        for pair in pairs {
            record.add(pair.name, pair.value.recordValue(name: pair.name, present: present))
        }
        return record
    }

    package var record: Record { record() }
}

extension NVValue {
    /// The value as an entry of a record; see `NVList.record`.
    package func recordValue(
        name: String, present: (_ name: String, _ value: UInt64) -> Record.Value?
    ) -> Record.Value {
        switch self {
        case .boolean: .flag(true)
        case .booleanValue(let value): .flag(value)
        case .byte(let value), .uint8(let value): .number(UInt64(value))
        case .uint16(let value): .number(UInt64(value))
        case .uint32(let value): .number(UInt64(value))
        case .uint64(let value): Self.number(value, name, present)
        case .int8(let value): .signed(Int64(value))
        case .int16(let value): .signed(Int64(value))
        case .int32(let value): .signed(Int64(value))
        case .int64(let value), .hrtime(let value): .signed(value)
        case .double(let value): .ratio(value)
        case .string(let value): .text(value.text)
        case .byteArray(let values), .uint8Array(let values): .data(values)
        case .int8Array(let values): .list(values.map { .signed(Int64($0)) })
        case .int16Array(let values): .list(values.map { .signed(Int64($0)) })
        case .int32Array(let values): .list(values.map { .signed(Int64($0)) })
        case .int64Array(let values): .list(values.map { .signed($0) })
        case .uint16Array(let values): .list(values.map { .number(UInt64($0)) })
        case .uint32Array(let values): .list(values.map { .number(UInt64($0)) })
        case .uint64Array(let values): .list(values.map { Self.number($0, name, present) })
        case .booleanArray(let values): .list(values.map { .flag($0) })
        case .stringArray(let values): .list(values.map { .text($0.text) })
        case .list(let list): .record(list.record(present: present))
        case .listArray(let lists): .list(lists.map { .record($0.record(present: present)) })
        case .unreadable(_, let bytes): .data(bytes)
        }
    }

    private static func number(
        _ value: UInt64, _ name: String, _ present: (String, UInt64) -> Record.Value?
    ) -> Record.Value {
        // JSON numbers are exact only below 2^53.
        present(name, value) ?? (value < 1 << 53 ? .number(value) : .word(value))
    }
}

extension NVFinding {
    package var record: Record {
        Record([
            "byte_offset": .number(UInt64(byteOffset)), "path": .text(path), "what": "\(what)",
        ])
    }
}
