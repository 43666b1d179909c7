/// Values in the XDR encoding: big-endian, every item padded to four bytes.
///
/// Strings and arrays carry their own length besides the element count in the pair's header. Mirrors
/// `nvs_xdr_nvp_op` (`module/nvpair/nvpair.c`).
extension NVListDecoder {
    mutating func xdrValue(
        _ bytes: RawSpan, _ header: NVPairHeader, resyncLimit: Int, depth: Int
    ) throws(NVFailure) -> (NVValue, end: Int) {
        var cursor = XDRCursor(offset: header.valueOffset)
        let value: NVValue =
            switch header.type {
            case .list, .listArray:
                try xdrLists(bytes, header, &cursor, resyncLimit: resyncLimit, depth: depth)
            case .string: .string(try xdrString(bytes, &cursor))
            case .stringArray:
                .stringArray(try xdrStrings(bytes, count: header.count, &cursor))
            case .byteArray:
                .byteArray(try cursor.opaque(bytes, count: header.count))
            default:
                header.type.isArray
                    ? try xdrArray(bytes, header, &cursor)
                    : try xdrScalar(bytes, header.type, &cursor)
            }
        return (value, cursor.offset)
    }

    private mutating func xdrScalar(
        _ bytes: RawSpan, _ type: NVType, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> NVValue {
        switch type {
        case .boolean: .boolean
        case .booleanValue: .booleanValue(try xdrBool(bytes, &cursor))
        case .byte: .byte(try xdrNarrow(bytes, type, &cursor))
        case .int8: .int8(try xdrNarrow(bytes, type, &cursor))
        case .uint8: .uint8(try xdrNarrow(bytes, type, &cursor))
        case .int16: .int16(try xdrNarrow(bytes, type, &cursor))
        case .uint16: .uint16(try xdrNarrow(bytes, type, &cursor))
        case .int32: .int32(try cursor.integer(bytes))
        case .uint32: .uint32(try cursor.integer(bytes))
        case .int64: .int64(try cursor.integer(bytes))
        case .uint64: .uint64(try cursor.integer(bytes))
        case .hrtime: .hrtime(try cursor.integer(bytes))
        case .double: .double(Double(bitPattern: try cursor.integer(bytes)))
        default: throw NVFailure(cursor.offset, .unknownType(type.rawValue))
        }
    }

    private mutating func xdrArray(
        _ bytes: RawSpan, _ header: NVPairHeader, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> NVValue {
        let type = header.type
        if header.count == 0 && header.declaredEnd - header.valueOffset <= 4 {
            return try xdrEmptyArray(type, at: header.valueOffset)
        }
        let stored: UInt32 = try cursor.integer(bytes)
        let count = Int(stored)
        if count != header.count {
            note(
                header.offset,
                .wrongElementCount(type: type, declared: header.count, expected: count))
        }
        let isWide = type == .int64Array || type == .uint64Array
        try cursor.require(bytes, count: count, ofSize: isWide ? 8 : 4)
        switch type {
        case .booleanArray:
            var values: [Bool] = []
            for _ in 0..<count { values.append(try xdrBool(bytes, &cursor)) }
            return .booleanArray(values)
        case .int8Array: return .int8Array(try xdrNarrows(bytes, type, count, &cursor))
        case .uint8Array: return .uint8Array(try xdrNarrows(bytes, type, count, &cursor))
        case .int16Array: return .int16Array(try xdrNarrows(bytes, type, count, &cursor))
        case .uint16Array: return .uint16Array(try xdrNarrows(bytes, type, count, &cursor))
        case .int32Array: return .int32Array(try cursor.integers(bytes, count))
        case .uint32Array: return .uint32Array(try cursor.integers(bytes, count))
        case .int64Array: return .int64Array(try cursor.integers(bytes, count))
        default: return .uint64Array(try cursor.integers(bytes, count))
        }
    }

    /// An array of no elements, of which ZFS writes nothing at all, not even the count of zero that it
    /// reckons into the encoded size.
    private func xdrEmptyArray(_ type: NVType, at offset: Int) throws(NVFailure) -> NVValue {
        switch type {
        case .booleanArray: .booleanArray([])
        case .int8Array: .int8Array([])
        case .uint8Array: .uint8Array([])
        case .int16Array: .int16Array([])
        case .uint16Array: .uint16Array([])
        case .int32Array: .int32Array([])
        case .uint32Array: .uint32Array([])
        case .int64Array: .int64Array([])
        case .uint64Array: .uint64Array([])
        default: throw NVFailure(offset, .unknownType(type.rawValue))
        }
    }

    private mutating func xdrBool(
        _ bytes: RawSpan, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> Bool {
        let word: UInt32 = try cursor.integer(bytes)
        if word > 1 { note(cursor.offset - 4, .badValue(type: .booleanValue, UInt64(word))) }
        return word != 0
    }

    /// A number of one or two bytes, stored as four: filled with zeros by the kernel and with the sign
    /// by the C library.
    private mutating func xdrNarrow<Value: FixedWidthInteger>(
        _ bytes: RawSpan, _ type: NVType, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> Value {
        let word: UInt32 = try cursor.integer(bytes)
        let value = Value(truncatingIfNeeded: word)
        let filling = word >> UInt32(Value.bitWidth)
        if filling != 0 && filling != UInt32.max >> UInt32(Value.bitWidth) {
            note(cursor.offset - 4, .badValue(type: type, UInt64(word)))
        }
        return value
    }

    private mutating func xdrNarrows<Value: FixedWidthInteger>(
        _ bytes: RawSpan, _ type: NVType, _ count: Int, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try xdrNarrow(bytes, type, &cursor)) }
        return values
    }

    private mutating func xdrString(
        _ bytes: RawSpan, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> NVString {
        let count: UInt32 = try cursor.integer(bytes)
        let start = cursor.offset
        let text = try cursor.opaque(bytes, count: Int(count))
        if let index = text.firstIndex(of: 0) { note(start + index, .embeddedNUL) }
        return NVString(bytes: text)
    }

    private mutating func xdrStrings(
        _ bytes: RawSpan, count: Int, _ cursor: inout XDRCursor
    ) throws(NVFailure) -> [NVString] {
        try cursor.require(bytes, count: count, ofSize: 4)
        var values: [NVString] = []
        for _ in 0..<count { values.append(try xdrString(bytes, &cursor)) }
        return values
    }

    private mutating func xdrLists(
        _ bytes: RawSpan, _ header: NVPairHeader, _ cursor: inout XDRCursor, resyncLimit: Int,
        depth: Int
    ) throws(NVFailure) -> NVValue {
        // A nested list takes at least its version, its flags and its end mark.
        let isArray = header.type == .listArray
        let count = isArray ? header.count : 1
        try cursor.require(bytes, count: count, ofSize: 16)
        var lists: [NVList] = []
        for index in 0..<count {
            let version: Int32 = try cursor.integer(bytes)
            let flags: UInt32 = try cursor.integer(bytes)
            let (list, end) = try nested(
                bytes, at: cursor.offset, flags: flags, version: version,
                part: isArray ? "[\(index)]" : nil, resyncLimit: resyncLimit, depth: depth)
            cursor = XDRCursor(offset: end)
            lists.append(list)
        }
        return isArray ? .listArray(lists) : .list(lists.first ?? NVList([]))
    }
}
