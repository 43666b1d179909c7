/// Something in a space map that is not as it must be; the entries beside it were read all the same.
package struct SpaceMapProblem: Sendable, Hashable {
    package let kind: Kind
    /// Where in the map's object, in bytes.
    package let position: UInt64
    /// A sentence without a full stop.
    package let what: String

    /// What is wrong; the raw values are stable names.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A block can't be read.
        case unreadable
        /// Entries should stand where nothing is stored.
        case hole
        /// `smp_length` does not fit the object or is no whole number of words.
        case length = "length-bad"
        /// An entry of two words has only the first, or lies on both sides of a block's end.
        case torn = "entry-torn"
    }

    init(_ kind: Kind, at position: UInt64, _ what: String) {
        self.kind = kind
        self.position = position
        self.what = what
    }
}
