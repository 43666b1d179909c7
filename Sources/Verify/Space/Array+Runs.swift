/// Runs that are in order and apart.
extension [Range<Int>] {
    /// What of them is not in others, which are in order too.
    package func subtracting(_ others: [Range<Int>]) -> [Range<Int>] {
        var left: [Range<Int>] = []
        var place = 0
        for run in self {
            var start = run.lowerBound
            while place < others.count, others[place].upperBound <= start { place += 1 }
            var index = place
            while index < others.count, others[index].lowerBound < run.upperBound {
                if others[index].lowerBound > start {
                    left.append(start..<others[index].lowerBound)
                }
                start = Swift.max(start, others[index].upperBound)
                index += 1
            }
            if start < run.upperBound { left.append(start..<run.upperBound) }
        }
        return left
    }
}
