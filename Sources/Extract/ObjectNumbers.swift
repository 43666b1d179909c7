/// A set of object numbers, small where they lie close together, as those of a file system do.
struct ObjectNumbers: Sendable {
    private var words: [UInt64: UInt64] = [:]

    func contains(_ number: UInt64) -> Bool {
        words[number >> 6, default: 0] & 1 << (number & 63) != 0
    }

    /// Whether the number was not in the set.
    mutating func insert(_ number: UInt64) -> Bool {
        let bit = UInt64(1) << (number & 63)
        let word = words[number >> 6, default: 0]
        words[number >> 6] = word | bit
        return word & bit == 0
    }
}
