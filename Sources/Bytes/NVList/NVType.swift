/// The data type of an nvpair. Values this version does not know are kept, not rejected.
///
/// Mirrors `data_type_t` (`include/sys/nvpair.h`); the on-disk form is a 32-bit integer.
package struct NVType: RawRepresentable, Hashable, Sendable {
    package let rawValue: Int32
    package init(rawValue: Int32) { self.rawValue = rawValue }

    package static let boolean = Self(rawValue: 1)
    package static let byte = Self(rawValue: 2)
    package static let int16 = Self(rawValue: 3)
    package static let uint16 = Self(rawValue: 4)
    package static let int32 = Self(rawValue: 5)
    package static let uint32 = Self(rawValue: 6)
    package static let int64 = Self(rawValue: 7)
    package static let uint64 = Self(rawValue: 8)
    package static let string = Self(rawValue: 9)
    package static let byteArray = Self(rawValue: 10)
    package static let int16Array = Self(rawValue: 11)
    package static let uint16Array = Self(rawValue: 12)
    package static let int32Array = Self(rawValue: 13)
    package static let uint32Array = Self(rawValue: 14)
    package static let int64Array = Self(rawValue: 15)
    package static let uint64Array = Self(rawValue: 16)
    package static let stringArray = Self(rawValue: 17)
    package static let hrtime = Self(rawValue: 18)
    package static let list = Self(rawValue: 19)
    package static let listArray = Self(rawValue: 20)
    package static let booleanValue = Self(rawValue: 21)
    package static let int8 = Self(rawValue: 22)
    package static let uint8 = Self(rawValue: 23)
    package static let booleanArray = Self(rawValue: 24)
    package static let int8Array = Self(rawValue: 25)
    package static let uint8Array = Self(rawValue: 26)
    package static let double = Self(rawValue: 27)

    private static let names = [
        "boolean", "byte", "int16", "uint16", "int32", "uint32", "int64", "uint64", "string",
        "byte_array", "int16_array", "uint16_array", "int32_array", "uint32_array", "int64_array",
        "uint64_array", "string_array", "hrtime", "nvlist", "nvlist_array", "boolean_value",
        "int8", "uint8", "boolean_array", "int8_array", "uint8_array", "double",
    ]

    /// Whether it is one of the types that ZFS defines.
    package var isKnown: Bool { rawValue >= 1 && rawValue <= Int32(Self.names.count) }

    /// Whether a pair of this type holds any number of elements; the others hold one.
    package var isArray: Bool {
        switch self {
        case .byteArray, .int8Array, .uint8Array, .int16Array, .uint16Array, .int32Array,
            .uint32Array, .int64Array, .uint64Array, .booleanArray, .stringArray, .listArray:
            true
        default: false
        }
    }

    /// Whether a pair of this type may say that it holds `count` elements (`i_validate_type_nelem`).
    package func allows(count: Int) -> Bool {
        if self == .boolean { return count == 0 }
        return isArray ? count >= 0 : count == 1
    }
}

extension NVType: CustomStringConvertible {
    package var description: String {
        isKnown ? Self.names[Int(rawValue) - 1] : "nvpair type \(rawValue)"
    }
}
