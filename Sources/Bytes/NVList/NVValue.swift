/// What one nvpair holds.
package enum NVValue: Hashable, Sendable {
    /// A pair whose being there is all that it says.
    case boolean
    case booleanValue(Bool)
    case byte(UInt8)
    case int8(Int8)
    case uint8(UInt8)
    case int16(Int16)
    case uint16(UInt16)
    case int32(Int32)
    case uint32(UInt32)
    case int64(Int64)
    case uint64(UInt64)
    /// Nanoseconds.
    case hrtime(Int64)
    case double(Double)
    case string(NVString)
    case byteArray([UInt8])
    case int8Array([Int8])
    case uint8Array([UInt8])
    case int16Array([Int16])
    case uint16Array([UInt16])
    case int32Array([Int32])
    case uint32Array([UInt32])
    case int64Array([Int64])
    case uint64Array([UInt64])
    case booleanArray([Bool])
    case stringArray([NVString])
    case list(NVList)
    case listArray([NVList])
    /// A value too damaged to read, or of an unknown type: the stored bytes.
    case unreadable(NVType, [UInt8])

    package var type: NVType {
        switch self {
        case .boolean: .boolean
        case .booleanValue: .booleanValue
        case .byte: .byte
        case .int8: .int8
        case .uint8: .uint8
        case .int16: .int16
        case .uint16: .uint16
        case .int32: .int32
        case .uint32: .uint32
        case .int64: .int64
        case .uint64: .uint64
        case .hrtime: .hrtime
        case .double: .double
        case .string: .string
        case .byteArray: .byteArray
        case .int8Array: .int8Array
        case .uint8Array: .uint8Array
        case .int16Array: .int16Array
        case .uint16Array: .uint16Array
        case .int32Array: .int32Array
        case .uint32Array: .uint32Array
        case .int64Array: .int64Array
        case .uint64Array: .uint64Array
        case .booleanArray: .booleanArray
        case .stringArray: .stringArray
        case .list: .list
        case .listArray: .listArray
        case .unreadable(let type, _): type
        }
    }
}
