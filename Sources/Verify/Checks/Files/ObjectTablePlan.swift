/// How large an `ObjectTable` gets, counted block by block of dnodes.
struct ObjectTablePlan {
    /// How many object numbers each part has room for, by its number.
    private(set) var counts: [UInt64: Int] = [:]
    /// What the table takes, in bytes.
    private(set) var byteCount = 0

    /// What a part takes beside its entries, in bytes: its columns' heads and its place.
    static let partByteCount = 512

    /// Makes room for `count` numbers from `first` on; there are no numbers past the last that fit.
    mutating func add(from first: UInt64, count: UInt64) {
        guard first <= .max - count else { return }
        let inPart: UInt64 = 1 << ObjectTable.shift - 1
        var number = first
        while number < first + count {
            let part = number >> ObjectTable.shift
            let last = min(first + count - 1, number | inPart)
            let needed = Int(truncatingIfNeeded: last & inPart) + 1
            let known = counts[part]
            if needed > known ?? 0 {
                counts[part] = needed
                byteCount += (needed - (known ?? 0)) * ObjectTable.entryByteCount
            }
            if known == nil { byteCount += Self.partByteCount }
            number = last + 1
        }
    }
}
