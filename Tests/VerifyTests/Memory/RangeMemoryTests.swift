import Bytes
import Datasets
import Objects
import Testing
import Vdevs

@testable import Verify

/// Ranges of vdevs are kept as long as there is memory for them; beyond that they are unchecked, and no problem.
@Suite struct RangeMemoryTests {
    private static let little = VerifyOptions(threadCount: 2, memory: 256)

    @Test("what a checkpoint keeps is found part by part", arguments: [0, 128, 1024, 1 << 20])
    func kept(memory: Int) throws {
        let pool = try EditedPool("checkpoint").open()
        let vdev = try #require(pool.rootConfig.children.first)
        let map = try #require(try pool.checkpointMap(of: vdev))
        var expected = RangeSet()
        for problem in map.forEachEntry({ entry in
            expected.insert(entry.range(start: 0, shift: 9) ?? 0..<0)
        }) { Issue.record("\(problem)") }
        var found = RangeSet()
        let outcome = KeptRanges(
            map: map, shift: 9, end: vdev.asize ?? 0, memory: memory
        ).forEachRange {
            #expect(found.insert($0) == nil)
        }
        #expect(outcome.isWhole == (found.ranges == expected.ranges))
        // Room for 16 at once, so that several parts are needed.
        #expect(expected.count > 1024 / HeldRanges.bytesPerRange)
        #expect(outcome.isWhole == (memory >= 1024))
    }

    @Test("what is twice in the map of a checkpoint")
    func checkpoint() throws {
        let result = try EditedPool("checkpoint").verify(Self.little)
        #expect(result.problems == [])
        let told = result.unchecked.filter { $0.why.hasSuffix("`--memory` may be enough") }
            .map(\.what)
        #expect(told.contains { $0.hasPrefix("which space is twice in a space map of vdev 0") })
    }

    @Test("what is obsolete of a removed vdev", arguments: ["removal", "removing"])
    func removal(name: String) throws {
        let result = try EditedPool(name).verify(Self.little)
        #expect(result.problems == [])
        let told = result.unchecked.filter { $0.what.hasPrefix("what is obsolete of removed vdev") }
        #expect(told.isEmpty == (name == "removing"))
        #expect(told.allSatisfy { $0.why.hasSuffix("`--memory` may be enough") })
    }

    @Test func `ranges are held up to the memory, and none beyond`() {
        let memory = MemoryShare(2 * HeldRanges.bytesPerRange)
        var held = HeldRanges(memory)
        held.insert(0..<10)
        held.insert(20..<30)
        #expect(memory.left == 0)
        let known = held.insert(25..<26)
        #expect(known == 25..<26)
        held.insert(10..<20)
        #expect(held.isWhole && held.set.ranges == [0..<30])
        #expect(memory.left == HeldRanges.bytesPerRange)
        held.remove(5..<6)
        #expect(held.isWhole && memory.left == 0)
        held.insert(50..<60)
        #expect(!held.isWhole && held.set.count == 0)
        #expect(memory.left == 2 * HeldRanges.bytesPerRange)
        held.insert(0..<1)
        #expect(!held.isWhole && held.set.count == 0)
    }

    @Test func `workers' ranges come together where there is memory`() {
        let memory = MemoryShare(5 * HeldRanges.bytesPerRange)
        func use(_ ranges: [Range<UInt64>], of vdev: UInt32) -> MappingUse {
            var use = MappingUse(memory)
            for range in ranges { use.add(SpaceRange(vdev: vdev, bytes: range)) }
            return use
        }
        var sum = MappingUse(memory)
        sum.add(use([0..<10, 30..<40], of: 1))
        sum.add(use([10..<20], of: 1))
        sum.add(use([5..<6], of: 2))
        var found: [Range<UInt64>] = []
        sum.forEachRange(of: 1) { found.append($0) }
        #expect(found == [0..<20, 30..<40])
        #expect(memory.left == 2 * HeldRanges.bytesPerRange)
        sum.add(use([50..<51, 60..<61, 70..<71], of: 2))
        #expect(sum.isWhole(1) && !sum.isWhole(2) && sum.isWhole(3))
        #expect(memory.left == 3 * HeldRanges.bytesPerRange)
        sum.add(use([80..<90], of: 2))
        #expect(!sum.isWhole(2))
    }
}
