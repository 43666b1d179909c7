import Bytes
import TestSupport

extension NVList {
    /// The list in the form that `extract-facts` gives what zdb prints.
    var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for pair in pairs {
            for (name, value) in Self.json(pair.name, pair.value) { members[name] = value }
        }
        return .object(members)
    }

    private static func json(_ name: String, _ value: NVValue) -> [(String, JSONValue)] {
        switch value {
        case .boolean: return [(name, .flag(true))]
        case .booleanValue(let flag): return [(name, .unsigned(flag ? 1 : 0))]
        case .byte(let number), .uint8(let number): return [(name, .unsigned(UInt64(number)))]
        case .uint16(let number): return [(name, .unsigned(UInt64(number)))]
        case .uint32(let number): return [(name, .unsigned(UInt64(number)))]
        case .uint64(let number): return [(name, .unsigned(number))]
        case .int8(let number): return [(name, .signed(Int64(number)))]
        case .int16(let number): return [(name, .signed(Int64(number)))]
        case .int32(let number): return [(name, .signed(Int64(number)))]
        case .int64(let number), .hrtime(let number): return [(name, .signed(number))]
        case .string(let text): return [(name, .string(text.text))]
        case .list(let list): return [(name, list.json)]
        // zdb prints nothing of an empty array.
        case .listArray(let lists) where lists.isEmpty: return []
        case .listArray(let lists): return [(name, .array(lists.map(\.json)))]
        case .uint64Array(let numbers):
            return numbers.enumerated().map { ("\(name)[\($0.offset)]", .unsigned($0.element)) }
        default: return [(name, .string("a \(value.type)"))]
        }
    }
}
