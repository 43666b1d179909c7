extension NVValue {
    /// The element count that a pair with this value carries (`nvp_value_elem`).
    package var elementCount: Int {
        switch self {
        case .boolean: 0
        case .byteArray(let values): values.count
        case .int8Array(let values): values.count
        case .uint8Array(let values): values.count
        case .int16Array(let values): values.count
        case .uint16Array(let values): values.count
        case .int32Array(let values): values.count
        case .uint32Array(let values): values.count
        case .int64Array(let values): values.count
        case .uint64Array(let values): values.count
        case .booleanArray(let values): values.count
        case .stringArray(let values): values.count
        case .listArray(let values): values.count
        case .unreadable: 0
        default: 1
        }
    }

    /// The bytes that the value takes in memory, before alignment (`i_get_value_size`); nil where the
    /// value could not be read.
    ///
    /// A string ends with a NUL, an array of strings begins with a pointer for each, and a nested list
    /// counts its header of 24 bytes only.
    private var memorySize: Int? {
        switch self {
        case .boolean: 0
        case .byte, .int8, .uint8: 1
        case .int16, .uint16: 2
        case .booleanValue, .int32, .uint32: 4
        case .int64, .uint64, .hrtime, .double: 8
        case .string(let string): string.bytes.count + 1
        case .byteArray, .int8Array, .uint8Array: elementCount
        case .int16Array, .uint16Array: elementCount * 2
        case .booleanArray, .int32Array, .uint32Array: elementCount * 4
        case .int64Array, .uint64Array: elementCount * 8
        case .stringArray(let strings):
            strings.reduce(0) { sum, string in sum + 8 + string.bytes.count + 1 }
        case .list: 24
        case .listArray: elementCount * 32
        case .unreadable: nil
        }
    }

    /// Bytes that ZFS reckons into the encoded size of an XDR pair but does not write: the count in front
    /// of an array, when there are no elements to count.
    var uncountedXDRBytes: Int {
        switch self {
        case .byteArray, .stringArray, .listArray: 0
        default: type.isArray && elementCount == 0 ? 4 : 0
        }
    }

    /// The size of the whole pair in memory (`nvp_size`, `NVP_SIZE_CALC`), which both encodings store.
    package func pairSize(nameByteCount: Int) -> Int? {
        memorySize.map { size in
            NVPair.memoryHeaderSize(nameByteCount: nameByteCount) + (size + 7) / 8 * 8
        }
    }
}
