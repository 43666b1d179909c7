/// Ranges of object numbers: gathered in any order, settled, then asked.
struct ObjectRanges {
    private var ranges: [ClosedRange<UInt64>] = []

    var isEmpty: Bool { ranges.isEmpty }

    mutating func insert(_ range: ClosedRange<UInt64>) {
        // A walk meets neighbours one after another.
        if let last = ranges.last, let joined = Self.join(last, range) {
            ranges[ranges.count - 1] = joined
        } else {
            ranges.append(range)
        }
    }

    /// Sorts the ranges and joins those that meet, so that `contains` finds its way.
    mutating func settle() {
        ranges.sort { $0.lowerBound < $1.lowerBound }
        var settled: [ClosedRange<UInt64>] = []
        for range in ranges {
            if let last = settled.last, let joined = Self.join(last, range) {
                settled[settled.count - 1] = joined
            } else {
                settled.append(range)
            }
        }
        ranges = settled
    }

    /// One range, where `second` begins within `first` or right after it.
    private static func join(
        _ first: ClosedRange<UInt64>, _ second: ClosedRange<UInt64>
    ) -> ClosedRange<UInt64>? {
        let end = first.upperBound
        guard second.lowerBound >= first.lowerBound,
            second.lowerBound <= end || second.lowerBound - end == 1
        else { return nil }
        return first.lowerBound...max(end, second.upperBound)
    }

    /// Whether a settled range holds the number.
    func contains(_ number: UInt64) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(number)
    }
}
