/// Bytes that are not a valid instance of an on-disk structure.
@usableFromInline
package struct FormatError: Error, Hashable {
    /// The structure and field, in ZFS's own names: `uberblock_t.ub_magic`.
    package let field: String
    package let reason: Reason

    package enum Reason: Hashable, Sendable {
        /// The structure ends before the field does.
        case outOfBounds(OutOfBounds)
        /// The structure does not begin as it must.
        case badMagic(UInt64)
        /// The field holds a number that it can't hold.
        case badValue(UInt64)
        /// What is wrong does not fit one number; a half sentence that follows "the field".
        case invalid(String)
    }

    package init(_ field: String, _ reason: Reason) {
        self.field = field
        self.reason = reason
    }
}

extension FormatError: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch reason {
        case .outOfBounds(let place): "\(field) lies outside its structure (\(place))"
        case .badMagic(let magic): "\(field) is 0x\(String(magic, radix: 16)), not its magic number"
        case .badValue(let value): "\(field) is \(value), which it can't be"
        case .invalid(let what): "\(field) \(what)"
        }
    }
}
