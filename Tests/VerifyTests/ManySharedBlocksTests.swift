import Datasets
import TestSupport
import Testing

@testable import Verify

/// Pools whose tables of shared blocks are larger than the memory for them.
@Suite struct ManySharedBlocksTests {
    /// So little that no block fits.
    private static let little = VerifyOptions(threadCount: 2, memory: 256)

    @Test(
        "blocks that can't be known one by one are no false alarm",
        arguments: ["dedup", "fastdedup", "brt", "crypt"])
    func healthy(name: String) throws {
        let result = try EditedPool(name).verify(Self.little)
        #expect(result.problems.isEmpty)
        let told = result.unchecked.first { $0.what.contains("deduplicated and cloned") }
        #expect((told != nil) == (name != "crypt"))
        #expect(told?.why.contains("--memory ") ?? true)
    }

    @Test func `logs that take too much memory are left out, and the rest is checked`() throws {
        let pool = try EditedPool("fastdedup")
        let table = try #require(try pool.open().dedupTables().first { !$0.logged().isEmpty })
        let needed = Int(table.logMemory) * SharedBlocks.shareOfMemory
        for (memory, isLeft) in [(needed, false), (needed - 8, true)] {
            let result = try pool.verify(VerifyOptions(threadCount: 2, memory: memory))
            #expect(result.problems.isEmpty)
            let told = result.unchecked.first { $0.what.hasPrefix("the dedup logs of") }
            #expect((told != nil) == isLeft)
            #expect(told?.why.contains("`--memory`") ?? true)
        }
    }

    @Test("what is claimed twice is found all the same", arguments: ["dedup", "brt"])
    func claimedTwice(name: String) throws {
        let pool = try EditedPool(name)
        let open = try pool.open()
        let history = try pool.block(0, try #require(open.directory.object(.history)))
        let names = try pool.block(0, try #require(open.directory.object(.featureDescriptions)))
        try pool.editor.editPointer(to: names.place) { $0 = history.pointer }
        let kinds = Set(try pool.verify(Self.little).problems.map(\.kind))
        #expect(kinds.contains(.blockClaimedTwice))
    }
}
