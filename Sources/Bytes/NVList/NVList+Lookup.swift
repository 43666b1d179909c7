/// Typed getters. Each gives nil where the name is missing or holds another type.
extension NVList {
    package func uint64(_ name: String) -> UInt64? {
        if case .uint64(let value) = self[name] { value } else { nil }
    }

    package func int64(_ name: String) -> Int64? {
        if case .int64(let value) = self[name] { value } else { nil }
    }

    package func string(_ name: String) -> String? {
        if case .string(let value) = self[name] { value.text } else { nil }
    }

    package func list(_ name: String) -> NVList? {
        if case .list(let value) = self[name] { value } else { nil }
    }

    package func lists(_ name: String) -> [NVList]? {
        if case .listArray(let values) = self[name] { values } else { nil }
    }

    package func strings(_ name: String) -> [String]? {
        if case .stringArray(let values) = self[name] { values.map(\.text) } else { nil }
    }

    package func uint64s(_ name: String) -> [UInt64]? {
        if case .uint64Array(let values) = self[name] { values } else { nil }
    }

    /// The bytes of a `byte_array` or `uint8_array`.
    package func bytes(_ name: String) -> [UInt8]? {
        switch self[name] {
        case .byteArray(let values), .uint8Array(let values): values
        default: nil
        }
    }

    package func guid(_ name: String) -> GUID? { uint64(name).map(GUID.init(_:)) }

    package func txg(_ name: String) -> TransactionGroup? {
        uint64(name).map(TransactionGroup.init(_:))
    }

    /// Whether there is a pair of type `boolean` of that name, whose being there means yes.
    package func contains(_ name: String) -> Bool { self[name] == .boolean }

    /// A `boolean_value`, or a number where 0 means no.
    package func flag(_ name: String) -> Bool? {
        switch self[name] {
        case .booleanValue(let value): value
        case .uint64(let value): value != 0
        case .boolean: true
        default: nil
        }
    }
}
