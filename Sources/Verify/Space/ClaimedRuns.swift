/// What is claimed of one metaslab in the end: runs from low to high, and those claimed twice.
package struct ClaimedRuns: Sendable {
    /// A bitmap stays one: its runs may take 64 times as much.
    private enum Form {
        case list([Range<Int>])
        case bitmap(UnitBitmap)
    }

    private let form: Form
    /// Runs that more than one owner claims.
    package let overlaps: [Range<Int>]
    /// How many overlaps there are, listed or not.
    package let overlapCount: Int

    /// Gives disjoint, never adjacent runs of allocation units to `body`, from low to high.
    package func forEachRun(_ body: (Range<Int>) -> Void) {
        switch form {
        case .list(let runs): for run in runs { body(run) }
        case .bitmap(let bitmap): bitmap.forEachRun { body($0) }
        }
    }

    /// The same as a list.
    package var runs: [Range<Int>] {
        var runs: [Range<Int>] = []
        forEachRun { runs.append($0) }
        return runs
    }

    /// How many units are claimed.
    package var unitCount: Int {
        switch form {
        case .list(let runs): runs.reduce(0) { $0 + $1.count }
        case .bitmap(let bitmap): bitmap.setCount
        }
    }

    /// Merges sorted segments, and notes where one begins before the one before it ends; runs of shared blocks may be
    /// there any number of times.
    init(sorted words: [UInt64]) {
        var runs: [Range<Int>] = []
        var overlaps: [Range<Int>] = []
        var start = 0
        var end = 0
        var before: UInt64?
        for word in words {
            let segment = ClaimSegment(rawValue: word)
            let run = segment.run
            // The same run of a shared block, claimed once more.
            if run.isEmpty || segment.isShared && word == before { continue }
            before = word
            if run.lowerBound > end || end == 0 {
                if end > start { runs.append(start..<end) }
                start = run.lowerBound
                end = run.upperBound
                continue
            }
            if run.lowerBound < end {
                overlaps.append(run.lowerBound..<min(end, run.upperBound))
            }
            end = max(end, run.upperBound)
        }
        if end > start { runs.append(start..<end) }
        form = .list(runs)
        self.overlaps = overlaps
        overlapCount = overlaps.count
    }

    /// The runs of a bitmap, with the overlaps that were met while filling it.
    init(bitmap: UnitBitmap, overlaps: [ClaimSegment], overlapCount: Int) {
        form = .bitmap(bitmap)
        self.overlaps = overlaps.map(\.run).sorted { $0.lowerBound < $1.lowerBound }
        self.overlapCount = overlapCount
    }
}
