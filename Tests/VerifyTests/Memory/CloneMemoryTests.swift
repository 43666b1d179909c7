import Testing

@testable import Verify

/// The check of tables of clones keeps to its memory, and a made-up size of regions takes none.
@Suite struct CloneMemoryTests {
    @Test("counters that don't fit are left unchecked")
    func unchecked() throws {
        let result = try EditedPool("brt").verify(
            VerifyOptions(
                threadCount: 1, memory: 16,
                selection: CheckSelection(only: CloneTableCheck.kinds.map(\.code))))
        #expect(result.problems.isEmpty)
        let vdevs = (0...1).map { "the table of clones of vdev \($0)" }
        #expect(result.unchecked.map(\.what) == vdevs)
        #expect(result.unchecked.first?.why.hasSuffix("`--memory` may be enough") ?? false)
    }

    @Test func `regions are held against their counters`() {
        var counts = RegionCounts(count: 3)
        for region in [0, 2, 2, 9, .max] as [UInt64] { counts.add(region) }
        var found: [[UInt64]] = []
        counts.forEachDifference(from: [1, 5, 1]) { found.append([$0, $1, UInt64($2)]) }
        #expect(found == [[1, 0, 5], [2, 2, 1], [9, 1, 0], [.max, 1, 0]])
    }

    @Test func `regions beyond all counters are kept up to a limit`() {
        var counts = RegionCounts(count: 0)
        for region in 0..<100_000 as Range<UInt64> { counts.add(region) }
        var count = 0
        counts.forEachDifference(from: []) { _, _, _ in count += 1 }
        #expect(count == 1 << 14)
    }
}
