/// One bit for each allocation unit of a metaslab, with operations on whole runs.
///
/// It takes 1/32768 of the space it describes at 4 KiB units, and touches one word for a run of up to
/// 64 units, so replaying a space map into it costs little more than decoding the entries.
package struct UnitBitmap: Sendable {
    /// How many units there are.
    package let count: Int
    private var words: [UInt64]

    package init(count: Int) {
        self.count = count
        words = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// The bytes that a bitmap of `count` units takes.
    package static func byteCount(units count: Int) -> Int { (count + 63) / 64 * 8 }

    /// Clears all bits and keeps the memory.
    package mutating func removeAll() {
        for index in words.indices { words[index] = 0 }
    }

    /// Sets the bits of `run`; returns how many were set already.
    package mutating func insert(_ run: Range<Int>) -> Int {
        var already = 0
        update(run) { word, mask in
            already += (word & mask).nonzeroBitCount
            word |= mask
        }
        return already
    }

    /// Clears the bits of `run`; returns how many were clear already.
    package mutating func remove(_ run: Range<Int>) -> Int {
        var missing = 0
        update(run) { word, mask in
            missing += (~word & mask).nonzeroBitCount
            word &= ~mask
        }
        return missing
    }

    /// How many bits of `run` are set.
    package func countSet(in run: Range<Int>) -> Int {
        var total = 0
        forEachWord(of: run) { index, mask in total += (words[index] & mask).nonzeroBitCount }
        return total
    }

    /// How many bits are set in all.
    package var setCount: Int {
        var total = 0
        for word in words { total += word.nonzeroBitCount }
        return total
    }

    /// The maximal runs of set (or clear) bits within `bounds`, from low to high.
    package func forEachRun(
        of isSet: Bool = true, in bounds: Range<Int>? = nil, _ body: (Range<Int>) -> Void
    ) {
        let bounds = bounds ?? 0..<count
        var position = bounds.lowerBound
        while let start = next(isSet, from: position, below: bounds.upperBound) {
            let end = next(!isSet, from: start, below: bounds.upperBound) ?? bounds.upperBound
            body(start..<end)
            position = end
        }
    }

    /// The first bit at or above `position` with this state.
    private func next(_ isSet: Bool, from position: Int, below limit: Int) -> Int? {
        guard position < limit else { return nil }
        var index = position >> 6
        var word = isSet ? words[index] : ~words[index]
        word &= ~0 << UInt64(position & 63)
        while word == 0 {
            index += 1
            guard index << 6 < limit else { return nil }
            word = isSet ? words[index] : ~words[index]
        }
        let found = index << 6 + word.trailingZeroBitCount
        return found < limit ? found : nil
    }

    private mutating func update(_ run: Range<Int>, _ body: (inout UInt64, UInt64) -> Void) {
        guard !run.isEmpty else { return }
        let first = run.lowerBound >> 6
        let last = (run.upperBound - 1) >> 6
        for index in first...last { body(&words[index], Self.mask(of: run, in: index)) }
    }

    private func forEachWord(of run: Range<Int>, _ body: (Int, UInt64) -> Void) {
        guard !run.isEmpty else { return }
        for index in run.lowerBound >> 6...(run.upperBound - 1) >> 6 {
            body(index, Self.mask(of: run, in: index))
        }
    }

    /// The bits of word `index` that belong to `run`.
    private static func mask(of run: Range<Int>, in index: Int) -> UInt64 {
        let low = max(run.lowerBound - index << 6, 0)
        let high = min(run.upperBound - index << 6, 64)
        let upper: UInt64 = high == 64 ? ~0 : (1 << UInt64(high)) - 1
        return upper & (~0 << UInt64(low))
    }
}
