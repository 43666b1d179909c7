/// Something in a packed nvlist that is not as ZFS writes it.
package struct NVFinding: Hashable, Sendable {
    /// In bytes from the start of the packed list, its four header bytes included.
    package let byteOffset: Int
    /// The pair, as `vdev_tree.children[2].path`; empty for the list itself.
    package let path: String
    package let what: What

    package init(byteOffset: Int, path: String, what: What) {
        self.byteOffset = byteOffset
        self.path = path
        self.what = what
    }

    package enum What: Hashable, Sendable {
        /// A string goes on after a NUL, so C code sees only its start.
        case embeddedNUL
        /// A string fills its room without a terminating NUL.
        case unterminatedString
        /// The name of a pair is empty, has a NUL in it or does not fit.
        case badName(String)
        case unknownType(Int32)
        /// A count that the type can't have, or that differs from the count stored with the elements.
        case wrongElementCount(type: NVType, declared: Int, expected: Int)
        /// The size in the pair's header (in bytes, encoded) differs from what the pair takes.
        case wrongEncodedSize(declared: Int, expected: Int)
        /// The size that the pair has in memory is stored wrong.
        case wrongDecodedSize(declared: Int, expected: Int)
        /// The value reaches past the end of its list.
        case truncated(needed: Int, available: Int)
        /// A number outside what its type allows.
        case badValue(type: NVType, UInt64)
        /// `nvl_version` is not 0.
        case badVersion(Int32)
        /// `nvl_nvflag` does not say in which way names are unique (or says what no version knows), without which
        /// nothing can be looked up (`nvlist_lookup_common`, `nvpair.c`).
        case badFlags(UInt32)
        case tooDeep(limit: Int)
        /// A name stands twice in a list that promises unique names.
        case duplicateName
        /// The list stops without its end mark.
        case noEnd
        /// Bytes that were passed over to reach the next pair.
        case skipped(Int)
        /// More pairs than the bytes can hold; reading stopped.
        case tooMany

        /// Whether only the head of a list is wrong, which is the same for all lists: `NVList.withSoundHeads` has it right.
        package var isOfHead: Bool {
            switch self {
            case .badVersion, .badFlags: true
            default: false
            }
        }
    }
}

extension NVFinding.What: CustomStringConvertible {
    package var description: String {
        switch self {
        case .embeddedNUL: "string with a NUL inside"
        case .unterminatedString: "string without a terminating NUL"
        case .badName(let what): "pair whose name \(what)"
        case .unknownType(let type): "unknown data type \(type)"
        case .wrongElementCount(let type, let declared, let expected):
            "element count \(declared) for \(type), where it must be \(expected)"
        case .wrongEncodedSize(let declared, let expected):
            "encoded size \(declared), where the pair takes \(expected) bytes"
        case .wrongDecodedSize(let declared, let expected):
            "decoded size \(declared), where the pair takes \(expected) bytes"
        case .truncated(let needed, let available):
            "value of \(needed) bytes where only \(available) are left"
        case .badValue(let type, let value): "\(value) stored as \(type)"
        case .badVersion(let version): "list version \(version), where only 0 is known"
        case .badFlags(let flags):
            "list flags 0x\(String(flags, radix: 16)), where names must be unique"
        case .tooDeep(let limit): "lists nested deeper than \(limit) levels"
        case .duplicateName: "name that was there before in the same list"
        case .noEnd: "list without an end mark"
        case .skipped(let count): "\(count) bytes passed over to reach the next pair"
        case .tooMany: "more pairs than these bytes can hold; the rest was not read"
        }
    }
}

extension NVFinding: CustomStringConvertible {
    package var description: String {
        let place = path.isEmpty ? "the list" : path
        return "\(place), byte \(byteOffset): \(what)"
    }
}
