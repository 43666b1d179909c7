/// Values in the native encoding: the pair as the packing host had it in memory, in its byte order.
///
/// The pair's own size bounds its value, but a list nested in it follows behind it, and the pointers
/// inside are zeros. Mirrors `nvs_native_nvp_op` (`module/nvpair/nvpair.c`).
extension NVListDecoder {
    mutating func nativeValue(
        _ bytes: RawSpan, _ header: NVPairHeader, isTrusted: Bool, resyncLimit: Int, depth: Int
    ) throws(NVFailure) -> (NVValue, end: Int) {
        let value: NVValue
        switch header.type {
        case .list, .listArray:
            return try nativeLists(bytes, header, resyncLimit: resyncLimit, depth: depth)
        case .string:
            let bound = isTrusted ? header.declaredEnd : bytes.byteCount
            value = .string(
                try nativeString(bytes, at: header.valueOffset, bound: bound, isLast: isTrusted).0)
        case .stringArray:
            value = .stringArray(try nativeStrings(bytes, header, isTrusted: isTrusted))
        default:
            value =
                header.type.isArray
                ? try nativeArray(bytes, header)
                : try nativeScalar(bytes, header.type, at: header.valueOffset)
        }
        let size = value.pairSize(nameByteCount: header.name.bytes.count) ?? header.packedSize
        return (value, header.offset + size)
    }

    private mutating func nativeScalar(
        _ bytes: RawSpan, _ type: NVType, at offset: Int
    ) throws(NVFailure) -> NVValue {
        switch type {
        case .boolean: .boolean
        case .booleanValue: .booleanValue(try nativeBool(bytes, at: offset))
        case .byte: .byte(try integer(bytes, at: offset))
        case .int8: .int8(try integer(bytes, at: offset))
        case .uint8: .uint8(try integer(bytes, at: offset))
        case .int16: .int16(try integer(bytes, at: offset))
        case .uint16: .uint16(try integer(bytes, at: offset))
        case .int32: .int32(try integer(bytes, at: offset))
        case .uint32: .uint32(try integer(bytes, at: offset))
        case .int64: .int64(try integer(bytes, at: offset))
        case .uint64: .uint64(try integer(bytes, at: offset))
        case .hrtime: .hrtime(try integer(bytes, at: offset))
        case .double: .double(Double(bitPattern: try integer(bytes, at: offset)))
        default: throw NVFailure(offset, .unknownType(type.rawValue))
        }
    }

    private mutating func nativeArray(
        _ bytes: RawSpan, _ header: NVPairHeader
    ) throws(NVFailure) -> NVValue {
        switch header.type {
        case .booleanArray:
            try require(bytes, header, size: 4)
            var values: [Bool] = []
            for index in 0..<header.count {
                values.append(try nativeBool(bytes, at: header.valueOffset + index * 4))
            }
            return .booleanArray(values)
        case .byteArray: return .byteArray(try integers(bytes, header))
        case .int8Array: return .int8Array(try integers(bytes, header))
        case .uint8Array: return .uint8Array(try integers(bytes, header))
        case .int16Array: return .int16Array(try integers(bytes, header))
        case .uint16Array: return .uint16Array(try integers(bytes, header))
        case .int32Array: return .int32Array(try integers(bytes, header))
        case .uint32Array: return .uint32Array(try integers(bytes, header))
        case .int64Array: return .int64Array(try integers(bytes, header))
        default: return .uint64Array(try integers(bytes, header))
        }
    }

    private mutating func nativeBool(_ bytes: RawSpan, at offset: Int) throws(NVFailure) -> Bool {
        let word: UInt32 = try integer(bytes, at: offset)
        if word > 1 { note(offset, .badValue(type: .booleanValue, UInt64(word))) }
        return word != 0
    }

    /// The string at `offset` and where the byte after its NUL is.
    ///
    /// In the last string of a pair everything up to `bound` belongs to it, so that text after an
    /// embedded NUL is seen.
    private mutating func nativeString(
        _ bytes: RawSpan, at offset: Int, bound: Int, isLast: Bool
    ) throws(NVFailure) -> (NVString, end: Int) {
        let text: [UInt8]
        do {
            text = try bytes.slice(at: offset, count: bound - offset).array
        } catch {
            throw NVFailure(error)
        }
        guard let end = text.firstIndex(of: 0) else {
            note(offset, .unterminatedString)
            return (NVString(bytes: text), bound)
        }
        if isLast, let last = text.lastIndex(where: { $0 != 0 }), last > end {
            note(offset + end, .embeddedNUL)
            return (NVString(bytes: Array(text[...last])), offset + last + 1)
        }
        return (NVString(bytes: Array(text[..<end])), offset + end + 1)
    }

    private mutating func nativeStrings(
        _ bytes: RawSpan, _ header: NVPairHeader, isTrusted: Bool
    ) throws(NVFailure) -> [NVString] {
        // One pointer and one NUL for each string.
        try require(bytes, header, size: 9)
        let bound = isTrusted ? header.declaredEnd : bytes.byteCount
        var cursor = header.valueOffset + header.count * 8
        var values: [NVString] = []
        for index in 0..<header.count {
            let isLast = isTrusted && index == header.count - 1
            let (string, end) = try nativeString(bytes, at: cursor, bound: bound, isLast: isLast)
            values.append(string)
            cursor = end
        }
        return values
    }

    private mutating func nativeLists(
        _ bytes: RawSpan, _ header: NVPairHeader, resyncLimit: Int, depth: Int
    ) throws(NVFailure) -> (NVValue, end: Int) {
        let isArray = header.type == .listArray
        let count = isArray ? header.count : 1
        // Each list has a header of 24 bytes here, after one pointer for each in an array.
        try require(bytes, header, size: isArray ? 32 : 24)
        let headers = header.valueOffset + (isArray ? count * 8 : 0)
        var cursor = headers + count * 24
        var lists: [NVList] = []
        for index in 0..<count {
            let version: Int32 = try integer(bytes, at: headers + index * 24)
            let flags: UInt32 = try integer(bytes, at: headers + index * 24 + 4)
            let (list, end) = try nested(
                bytes, at: cursor, flags: flags, version: version,
                part: isArray ? "[\(index)]" : nil, resyncLimit: resyncLimit, depth: depth)
            cursor = end
            lists.append(list)
        }
        return (isArray ? .listArray(lists) : .list(lists.first ?? NVList([])), cursor)
    }

    private func integer<Value: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan, at offset: Int
    ) throws(NVFailure) -> Value {
        do {
            return try bytes.integer(at: offset, order)
        } catch {
            throw NVFailure(error)
        }
    }

    private func integers<Value: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: RawSpan, _ header: NVPairHeader
    ) throws(NVFailure) -> [Value] {
        let size = MemoryLayout<Value>.size
        try require(bytes, header, size: size)
        var values: [Value] = []
        values.reserveCapacity(header.count)
        for index in 0..<header.count {
            values.append(try integer(bytes, at: header.valueOffset + index * size))
        }
        return values
    }

    /// Throws unless the bytes after the header can hold its element count.
    private func require(
        _ bytes: RawSpan, _ header: NVPairHeader, size: Int
    ) throws(NVFailure) {
        let available = max(0, bytes.byteCount - header.valueOffset)
        let count = header.type.isArray ? header.count : 1
        guard count >= 0, count <= available / size else {
            throw NVFailure(
                header.valueOffset,
                .truncated(
                    needed: count.multipliedReportingOverflow(by: size).partialValue,
                    available: available))
        }
    }
}
