extension Record {
    /// A value together with what it means, so that each output can choose its form.
    ///
    /// Text shows units and names; JSON shows plain numbers, except for words that can pass 2^53, which
    /// are decimal strings there.
    package enum Value: Sendable, Hashable {
        case text(String)
        case flag(Bool)
        /// A count or an identifier that stays below 2^53 on any pool.
        case number(UInt64)
        case signed(Int64)
        /// A length or an amount of space in bytes.
        case bytes(UInt64)
        /// A place on a device or in an object, in bytes; hexadecimal in text.
        case offset(UInt64)
        case guid(GUID)
        case txg(TransactionGroup)
        /// Seconds since 1970, UTC.
        case time(UInt64)
        /// A moment to the nanosecond, before 1970 too.
        case instant(seconds: Int64, nanoseconds: UInt64)
        /// A raw 64-bit word: hexadecimal in text, a decimal string in JSON.
        case word(UInt64)
        /// A ratio such as 1.50 or a share such as 0.17.
        case ratio(Double)
        /// Raw bytes: hexadecimal in both.
        case data([UInt8])
        case list([Value])
        case record(Record)
        /// Nothing to show, said so: `-` in text, null in JSON.
        case none
    }
}

extension Record.Value: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { self = .text(value) }
}
