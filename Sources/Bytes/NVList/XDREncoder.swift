/// Writes nvlists in the XDR encoding; see `NVListDecoder+XDR` for the shapes.
struct XDREncoder {
    var bytes: [UInt8] = []

    mutating func list(_ list: NVList) throws(FormatError) {
        integer(list.version)
        integer(list.flags)
        for pair in list.pairs { try self.pair(pair) }
        integer(UInt64(0))
    }

    private mutating func pair(_ pair: NVPair) throws(FormatError) {
        let start = bytes.count
        let nameByteCount = pair.nameBytes.bytes.count
        guard let size = pair.value.pairSize(nameByteCount: nameByteCount) else {
            throw FormatError(pair.name, .invalid("can't be packed, since its value is damaged"))
        }
        integer(Int32(0))
        integer(try Self.size(size, pair))
        try string(pair.nameBytes, pair)
        integer(pair.value.type.rawValue)
        integer(try Self.size(pair.value.elementCount, pair))
        try value(pair)

        let byteCount = bytes.count - start + pair.value.uncountedXDRBytes
        let encodedSize = UInt32(bitPattern: try Self.size(byteCount, pair))
        for index in 0..<4 {
            bytes[start + index] = UInt8(truncatingIfNeeded: encodedSize >> UInt32(24 - index * 8))
        }
    }

    private mutating func value(_ pair: NVPair) throws(FormatError) {
        switch pair.value {
        case .boolean, .unreadable: break
        case .booleanValue(let value): integer(UInt32(value ? 1 : 0))
        case .byte(let value), .uint8(let value): integer(UInt32(value))
        case .int8(let value): integer(UInt32(UInt8(bitPattern: value)))
        case .int16(let value): integer(UInt32(UInt16(bitPattern: value)))
        case .uint16(let value): integer(UInt32(value))
        case .int32(let value): integer(value)
        case .uint32(let value): integer(value)
        case .int64(let value), .hrtime(let value): integer(value)
        case .uint64(let value): integer(value)
        case .double(let value): integer(value.bitPattern)
        case .string(let value): try string(value, pair)
        case .stringArray(let values): for value in values { try string(value, pair) }
        case .byteArray(let values): opaque(values)
        case .booleanArray(let values): try array(values.map { UInt32($0 ? 1 : 0) }, pair)
        case .int8Array(let values):
            try array(values.map { UInt32(UInt8(bitPattern: $0)) }, pair)
        case .uint8Array(let values): try array(values.map { UInt32($0) }, pair)
        case .int16Array(let values):
            try array(values.map { UInt32(UInt16(bitPattern: $0)) }, pair)
        case .uint16Array(let values): try array(values.map { UInt32($0) }, pair)
        case .int32Array(let values): try array(values, pair)
        case .uint32Array(let values): try array(values, pair)
        case .int64Array(let values): try array(values, pair)
        case .uint64Array(let values): try array(values, pair)
        case .list(let list): try self.list(list)
        case .listArray(let lists): for list in lists { try self.list(list) }
        }
    }

    private static func size(_ value: Int, _ pair: NVPair) throws(FormatError) -> Int32 {
        guard let size = Int32(exactly: value) else {
            throw FormatError(pair.name, .invalid("is too large to be packed"))
        }
        return size
    }

    private mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        for shift in stride(from: Value.bitWidth - 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(shift)))
        }
    }

    private mutating func array<Value: FixedWidthInteger>(
        _ values: [Value], _ pair: NVPair
    ) throws(FormatError) {
        guard !values.isEmpty else { return }
        integer(try Self.size(values.count, pair))
        for value in values { integer(value) }
    }

    private mutating func opaque(_ value: [UInt8]) {
        bytes += value
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    private mutating func string(_ value: NVString, _ pair: NVPair) throws(FormatError) {
        integer(try Self.size(value.bytes.count, pair))
        opaque(value.bytes)
    }
}
