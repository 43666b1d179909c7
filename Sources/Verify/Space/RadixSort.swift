/// Sorting of 64-bit words by their varying bits, eleven at a time.
///
/// The segments of a metaslab differ in few bits, so two or three passes over a bucket that fits the
/// cache sort it several times as fast as comparisons do (docs/benchmarks.md).
enum RadixSort {
    private static let digitBits: UInt64 = 11
    private static let digitCount = 1 << 11
    /// Below this size the passes cost more than comparing.
    private static let smallest = 256

    /// Sorts `words` from low to high; `scratch` is grown as needed and reused between calls.
    static func sort(_ words: inout [UInt64], scratch: inout [UInt64]) {
        guard words.count >= smallest else {
            words.sort()
            return
        }
        var varying: UInt64 = 0
        for word in words { varying |= word ^ words[0] }
        if scratch.count < words.count {
            scratch = [UInt64](repeating: 0, count: words.count)
        }
        var shift: UInt64 = 0
        var counts = [Int](repeating: 0, count: digitCount)
        while shift < 64 {
            // Bits in which no two words differ need no pass.
            let rest = varying >> shift
            guard rest != 0 else { break }
            shift += UInt64(rest.trailingZeroBitCount)
            pass(&words, &scratch, shift, &counts)
            shift += digitBits
        }
    }

    /// One stable pass by the digit at `shift`; the result ends up in `words`.
    private static func pass(
        _ words: inout [UInt64], _ scratch: inout [UInt64], _ shift: UInt64, _ counts: inout [Int]
    ) {
        for index in counts.indices { counts[index] = 0 }
        count(words.span, shift, &counts)
        var next = 0
        for digit in counts.indices {
            let size = counts[digit]
            counts[digit] = next
            next += size
        }
        var target = scratch.mutableSpan
        scatter(words.span, to: &target, shift, &counts)
        let excess = scratch.count - words.count
        if excess > 0 { scratch.removeLast(excess) }
        swap(&words, &scratch)
    }

    private static func count(_ words: Span<UInt64>, _ shift: UInt64, _ counts: inout [Int]) {
        for index in words.indices { counts[digit(of: words[index], shift)] += 1 }
    }

    private static func scatter(
        _ words: Span<UInt64>, to target: inout MutableSpan<UInt64>, _ shift: UInt64,
        _ places: inout [Int]
    ) {
        for index in words.indices {
            let word = words[index]
            let digit = digit(of: word, shift)
            target[places[digit]] = word
            places[digit] += 1
        }
    }

    private static func digit(of word: UInt64, _ shift: UInt64) -> Int {
        Int(truncatingIfNeeded: word >> shift & UInt64(digitCount - 1))
    }
}
