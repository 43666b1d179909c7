import Devices
import Testing

@testable import Verify

@Suite struct SpaceClaimsTests {
    private static let vdev = VdevGeometry(
        vdev: 0, ashift: 12, metaslabShift: 24, allocatableSize: 64 << 24)

    /// Random runs without an overlap, as a pool that is whole has them, in random order.
    private func disjointRuns(_ count: Int, longest: Int) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var position = 0
        while runs.count < count {
            let start = position + Int.random(in: 0...3)
            let end = start + Int.random(in: 1...longest)
            guard end <= 4096 else { break }
            runs.append(start..<end)
            position = end
        }
        return runs.shuffled()
    }

    private func merged(_ runs: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for run in runs.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, last.upperBound >= run.lowerBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, run.upperBound)
            } else {
                merged.append(run)
            }
        }
        return merged
    }

    @Test(
        "claims come out sorted and merged, as list and as bitmap, in memory and spilled",
        arguments: [5, 400, 3000], [1 << 30, 0])
    func merges(count: Int, budget: Int) throws {
        let vdev = try #require(Self.vdev)
        let scratch = try ScratchFile(directory: "/tmp")
        let claims = SpaceClaims(vdevs: [vdev], budget: budget, scratch: scratch)
        var collector = ClaimCollector(claims)
        let runs = disjointRuns(count, longest: 3)
        let shard = claims.shard(vdev: 0, metaslab: 7)
        for run in runs { try collector.claim(run, inShard: shard) }
        try collector.finish()
        var sortScratch: [UInt64] = []
        let found = try claims.takeRuns(ofShard: shard, sortScratch: &sortScratch)
        #expect(found.runs == merged(runs))
        #expect(found.overlaps.isEmpty)
        #expect(found.unitCount == runs.reduce(0) { $0 + $1.count })
    }

    @Test func `the list of what was spilled counts as memory, and is given back`() throws {
        // Large metaslabs, whose lists do not become bitmaps.
        let vdev = try #require(
            VdevGeometry(vdev: 0, ashift: 12, metaslabShift: 34, allocatableSize: 4 << 34))
        let scratch = try ScratchFile(directory: "/tmp")
        let claims = SpaceClaims(vdevs: [vdev], budget: 0, scratch: scratch)
        let words = (0..<64).map { UInt64($0) }
        var peaks: [Int] = []
        for _ in 0..<2 {
            // A piece of 16 bytes for each list of 512.
            for _ in 0..<4096 { try claims.add(words[...], toShard: 3) }
            peaks.append(claims.peakByteCount)
            var sortScratch: [UInt64] = []
            _ = try claims.takeRuns(ofShard: 3, sortScratch: &sortScratch)
        }
        #expect(scratch.byteCount == 2 * 4096 * 512)
        #expect(peaks[0] >= 4096 * 16)
        #expect(peaks[1] == peaks[0])
    }

    @Test("a run claimed twice is an overlap, whole or in part", arguments: [1, 600])
    func overlaps(filler: Int) throws {
        let vdev = try #require(Self.vdev)
        let claims = SpaceClaims(vdevs: [vdev], budget: 1 << 30, scratch: nil)
        var collector = ClaimCollector(claims)
        for index in 0..<filler { try collector.claim(index..<index + 1, inShard: 0) }
        try collector.claim(2000..<2010, inShard: 0)
        try collector.claim(2008..<2020, inShard: 0)
        try collector.finish()
        var sortScratch: [UInt64] = []
        let found = try claims.takeRuns(ofShard: 0, sortScratch: &sortScratch)
        #expect(found.runs == [0..<filler, 2000..<2020])
        #expect(found.overlapCount == 1)
        let overlap = try #require(found.overlaps.first)
        #expect(overlap.contains(2008) && overlap.contains(2009))
    }

    @Test(
        "the run of a shared block may be claimed any number of times, but not by others",
        arguments: [1, 600], [1 << 30, 0])
    func shared(filler: Int, budget: Int) throws {
        let vdev = try #require(Self.vdev)
        let scratch = try ScratchFile(directory: "/tmp")
        let claims = SpaceClaims(vdevs: [vdev], budget: budget, scratch: scratch)
        var collector = ClaimCollector(claims)
        for index in 0..<filler { try collector.claim(index..<index + 1, inShard: 0) }
        for _ in 0..<5 {
            try collector.claim(2000..<2010, inShard: 0, isShared: true)
            try collector.claim(2010..<2011, inShard: 0, isShared: true)
        }
        try collector.finish()
        var sortScratch: [UInt64] = []
        let alone = try claims.takeRuns(ofShard: 0, sortScratch: &sortScratch)
        #expect(alone.runs == [0..<filler, 2000..<2011])
        #expect(alone.overlapCount == 0)
        for isShared in [true, false, true] {
            try collector.claim(3000..<3010, inShard: 0, isShared: isShared)
        }
        try collector.finish()
        let found = try claims.takeRuns(ofShard: 0, sortScratch: &sortScratch)
        #expect(found.runs == [3000..<3010])
        #expect(found.overlaps == [3000..<3010])
    }

    @Test func `a geometry that ZFS can't make is refused`() {
        #expect(VdevGeometry(vdev: 0, ashift: 63, metaslabShift: 63, allocatableSize: 1) == nil)
        #expect(VdevGeometry(vdev: 0, ashift: 12, metaslabShift: 9, allocatableSize: 1) == nil)
        #expect(VdevGeometry(vdev: 0, ashift: 9, metaslabShift: 29, allocatableSize: .max) == nil)
    }
}
