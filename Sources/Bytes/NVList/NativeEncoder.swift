/// Writes nvlists in the native encoding of a host with that byte order; see `NVListDecoder+Native` for the shapes.
///
/// What ZFS keeps in pointers and flags of its memory is zero here. Mirrors `nvs_native_nvp_op`
/// (`module/nvpair/nvpair.c`).
struct NativeEncoder {
    let order: ByteOrder
    var bytes: [UInt8] = []

    init(_ order: ByteOrder) { self.order = order }

    /// The pairs of a list and the four zeros that end it.
    mutating func pairs(of list: NVList) throws(FormatError) {
        for pair in list.pairs { try self.pair(pair) }
        integer(UInt32(0))
    }

    private mutating func pair(_ pair: NVPair) throws(FormatError) {
        let start = bytes.count
        let name = pair.nameBytes.bytes
        guard let size = pair.value.pairSize(nameByteCount: name.count) else {
            throw FormatError(pair.name, .invalid("can't be packed, since its value is damaged"))
        }
        guard let packedSize = Int32(exactly: size), let nameSize = Int16(exactly: name.count + 1),
            let count = Int32(exactly: pair.value.elementCount)
        else { throw FormatError(pair.name, .invalid("is too large to be packed")) }
        integer(packedSize)
        integer(nameSize)
        integer(Int16(0))
        integer(count)
        integer(pair.value.type.rawValue)
        bytes += name
        fill(to: start + NVPair.memoryHeaderSize(nameByteCount: name.count))
        value(pair.value)
        fill(to: start + size)
        // What is nested stands behind the pair that holds its head.
        switch pair.value {
        case .list(let list): try pairs(of: list)
        case .listArray(let lists): for list in lists { try pairs(of: list) }
        default: break
        }
    }

    private mutating func value(_ value: NVValue) {
        switch value {
        case .boolean, .unreadable: break
        case .booleanValue(let value): integer(UInt32(value ? 1 : 0))
        case .byte(let value), .uint8(let value): integer(value)
        case .int8(let value): integer(value)
        case .int16(let value): integer(value)
        case .uint16(let value): integer(value)
        case .int32(let value): integer(value)
        case .uint32(let value): integer(value)
        case .int64(let value), .hrtime(let value): integer(value)
        case .uint64(let value): integer(value)
        case .double(let value): integer(value.bitPattern)
        case .string(let value): string(value)
        case .stringArray(let values):
            bytes += [UInt8](repeating: 0, count: values.count * 8)
            for value in values { string(value) }
        case .byteArray(let values), .uint8Array(let values): bytes += values
        case .booleanArray(let values): for value in values { integer(UInt32(value ? 1 : 0)) }
        case .int8Array(let values): for value in values { integer(value) }
        case .int16Array(let values): for value in values { integer(value) }
        case .uint16Array(let values): for value in values { integer(value) }
        case .int32Array(let values): for value in values { integer(value) }
        case .uint32Array(let values): for value in values { integer(value) }
        case .int64Array(let values): for value in values { integer(value) }
        case .uint64Array(let values): for value in values { integer(value) }
        case .list(let list): head(of: list)
        case .listArray(let lists):
            bytes += [UInt8](repeating: 0, count: lists.count * 8)
            for list in lists { head(of: list) }
        }
    }

    /// `nvlist_t`: version, flags, and sixteen bytes that mean something in memory only.
    private mutating func head(of list: NVList) {
        integer(list.version)
        integer(list.flags)
        bytes += [UInt8](repeating: 0, count: 16)
    }

    private mutating func string(_ value: NVString) { bytes += value.bytes + [0] }

    private mutating func fill(to end: Int) {
        bytes += [UInt8](repeating: 0, count: max(0, end - bytes.count))
    }

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        for index in 0..<Value.bitWidth / 8 {
            let place = order == .little ? index : Value.bitWidth / 8 - 1 - index
            bytes.append(UInt8(truncatingIfNeeded: value >> Value(place * 8)))
        }
    }
}
