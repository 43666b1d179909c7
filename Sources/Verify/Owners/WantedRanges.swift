/// The pieces of space whose owners are looked for, so ordered that each block of a pool is held against them at once.
package struct WantedRanges: Sendable {
    /// The pieces in the order in which they were given.
    package let ranges: [SpaceRange]
    /// By vdev: the numbers of its pieces, by their starts, and the highest end up to each.
    private let byVdev: [UInt32: Index]

    private struct Index: Sendable {
        var numbers: [Int]
        var starts: [UInt64]
        var highestEnds: [UInt64]
    }

    package init(_ ranges: [SpaceRange]) {
        self.ranges = ranges
        var byVdev: [UInt32: Index] = [:]
        for (vdev, members) in Dictionary(grouping: ranges.indices, by: { ranges[$0].vdev }) {
            let sorted = members.sorted {
                ranges[$0].bytes.lowerBound < ranges[$1].bytes.lowerBound
            }
            var highest: UInt64 = 0
            var ends: [UInt64] = []
            for number in sorted {
                highest = max(highest, ranges[number].bytes.upperBound)
                ends.append(highest)
            }
            byVdev[vdev] = Index(
                numbers: sorted, starts: sorted.map { ranges[$0].bytes.lowerBound },
                highestEnds: ends)
        }
        self.byVdev = byVdev
    }

    /// Gives the number of each piece that shares a byte with `range`.
    package func forEachMatch(_ range: SpaceRange, _ body: (Int) -> Void) {
        guard let index = byVdev[range.vdev] else { return }
        // The pieces that begin before the range ends, from the last one back.
        var (low, high) = (0, index.starts.count)
        while low < high {
            let middle = (low + high) / 2
            if index.starts[middle] < range.bytes.upperBound {
                low = middle + 1
            } else {
                high = middle
            }
        }
        while low > 0, index.highestEnds[low - 1] > range.bytes.lowerBound {
            low -= 1
            let number = index.numbers[low]
            if ranges[number].bytes.upperBound > range.bytes.lowerBound { body(number) }
        }
    }
}
