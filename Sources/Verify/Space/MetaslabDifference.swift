/// Where the space maps and the block tree disagree about one metaslab.
package struct MetaslabDifference: Sendable {
    /// Allocated in the map, claimed by nobody: space that is lost.
    package private(set) var leaked: [Range<Int>] = []
    /// Claimed, but free in the map: the next write may destroy what lies there.
    package private(set) var unprotected: [Range<Int>] = []
    package private(set) var leakedUnits = 0
    package private(set) var unprotectedUnits = 0
    package private(set) var leakedCount = 0
    package private(set) var unprotectedCount = 0
    /// Runs kept for a report; the counts go on beyond it.
    private static let mostRuns = 4096

    /// Compares what the map holds as allocated with what is claimed.
    package init(allocated: UnitBitmap, claimed: ClaimedRuns) {
        var position = 0
        claimed.forEachRun { run in
            let run = run.clamped(to: 0..<allocated.count)
            addLeaks(allocated, in: position..<max(position, run.lowerBound))
            allocated.forEachRun(of: false, in: run) { missing in
                unprotectedUnits += missing.count
                unprotectedCount += 1
                if unprotected.count < Self.mostRuns { unprotected.append(missing) }
            }
            position = max(position, run.upperBound)
        }
        addLeaks(allocated, in: position..<max(position, allocated.count))
    }

    private mutating func addLeaks(_ allocated: UnitBitmap, in gap: Range<Int>) {
        allocated.forEachRun(of: true, in: gap) { extra in
            leakedUnits += extra.count
            leakedCount += 1
            if leaked.count < Self.mostRuns { leaked.append(extra) }
        }
    }

    package var isEmpty: Bool { leakedCount == 0 && unprotectedCount == 0 }
}
