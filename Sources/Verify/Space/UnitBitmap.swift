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
            // Counting bits costs more than all the rest, and there are none in a sound map.
            let found = word & mask
            if found != 0 { already += found.nonzeroBitCount }
            word |= mask
        }
        return already
    }

    /// Clears the bits of `run`; returns how many were clear already.
    package mutating func remove(_ run: Range<Int>) -> Int {
        var missing = 0
        update(run) { word, mask in
            let found = ~word & mask
            if found != 0 { missing += found.nonzeroBitCount }
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

    /// Gives every word that holds bits of `run` to `body`, with a mask of those bits.
    @inline(__always)
    private mutating func update(_ run: Range<Int>, _ body: (inout UInt64, UInt64) -> Void) {
        guard !run.isEmpty else { return }
        let first = run.lowerBound >> 6
        let last = (run.upperBound - 1) >> 6
        var span = words.mutableSpan
        guard first < last else {
            body(&span[first], Self.mask(of: run, in: first))
            return
        }
        body(&span[first], Self.mask(of: run, in: first))
        for index in first + 1..<last { body(&span[index], ~0) }
        body(&span[last], Self.mask(of: run, in: last))
    }

    private func forEachWord(of run: Range<Int>, _ body: (Int, UInt64) -> Void) {
        guard !run.isEmpty else { return }
        for index in run.lowerBound >> 6...(run.upperBound - 1) >> 6 {
            body(index, Self.mask(of: run, in: index))
        }
    }

    /// The bits of word `index` that belong to `run`.
    private static func mask(of run: Range<Int>, in index: Int) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: max(run.lowerBound - index << 6, 0))
        let last = UInt64(truncatingIfNeeded: min(run.upperBound - 1 - index << 6, 63))
        return ~0 << (low & 63) & ~0 >> (63 - last & 63)
    }
}
