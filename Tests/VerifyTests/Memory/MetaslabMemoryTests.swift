import Bytes
import Datasets
import Objects
import TestSupport
import Testing

@testable import Verify

/// Metaslabs of sizes that are possible, but take more memory than there is, are left unchecked and no problem.
@Suite struct MetaslabMemoryTests {
    private static let little = 16 << 20

    /// Sizes of the vdev and, as a binary logarithm, of its metaslabs.
    @Test(
        "too large metaslabs, and too many of them",
        arguments: [(1 << 48, 47), (1 << 45, 24)])
    func tooLarge(size: UInt64, shift: UInt64) throws {
        let pool = try EditedPool("basic")
        try pool.editTop {
            try EditedPool.replace("asize", by: .uint64(size), in: &$0)
            try EditedPool.replace("metaslab_shift", by: .uint64(shift), in: &$0)
        }
        let result = try pool.check(SpaceCheckOptions(threadCount: 2, memory: Self.little))
        #expect(result.problems == [])
        #expect(result.unchecked.map(\.what) == ["the space of vdev 0"])
        #expect(result.unchecked.first?.why.hasSuffix("`--memory` may be enough") ?? false)
        #expect(result.metaslabs.isEmpty)
    }

    @Test("the limits follow the budget")
    func limits() throws {
        let pool = try EditedPool("basic")
        try pool.editTop {
            // 32768 metaslabs of 2^17 units, whose maps are holes behind the first few.
            try EditedPool.replace("asize", by: .uint64(1 << 41), in: &$0)
            try EditedPool.replace("metaslab_shift", by: .uint64(26), in: &$0)
        }
        func isTooLarge(budget: Int) throws -> Bool {
            var check = SpaceBookCheck(try pool.open(), budget: budget)
            check.run()
            return check.tooLarge == [0]
        }
        #expect(try isTooLarge(budget: 1 << 23))
        #expect(try !isTooLarge(budget: 1 << 24))
    }

    @Test("an array of holes without end is refused")
    func holes() throws {
        let pool = try EditedPool("basic")
        let array = try pool.metaslabArray()
        try pool.editor.editDnode(array) { bytes in
            try Dnode.Layout.maximumBlockID.write(1 << 30, into: &bytes, .little)
            try Dnode.Layout.levels.write(4, into: &bytes, .little)
            let tail = Dnode.Layout.tailOffset
            bytes.replaceSubrange(tail..<tail + 128, with: [UInt8](repeating: 0, count: 128))
        }
        let meta = try pool.open().meta
        let error = #expect(throws: PoolError.self) { try meta.words(of: array, count: .max) }
        #expect("\(try #require(error))".contains("more than 4194304 words"))
    }

    @Test(
        "a size that no vdev can have stays a problem", arguments: [(1 << 60, 59), (1 << 61, 17)])
    func impossible(size: UInt64, shift: UInt64) throws {
        let pool = try EditedPool("basic")
        try pool.editTop {
            try EditedPool.replace("asize", by: .uint64(size), in: &$0)
            try EditedPool.replace("metaslab_shift", by: .uint64(shift), in: &$0)
        }
        var check = SpaceBookCheck(try pool.open(), budget: 1 << 30)
        check.run()
        #expect(check.problems.all.map(\.kind) == [.metaslabArray])
        #expect(check.tooLarge.isEmpty)
    }
}
