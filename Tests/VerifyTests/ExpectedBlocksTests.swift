import Bytes
import Testing
import Vdevs

@testable import Verify

@Suite struct ExpectedBlocksTests {
    /// A block of 4096 bytes in the place of that number.
    private static func block(_ number: UInt64) -> BlockPointer {
        var pointer = BlockPointer.hole
        pointer.words[0] = 8
        pointer.words[1] = number * 8
        pointer.words[10] = 20 + number % 3
        return pointer
    }

    @Test("each block is told in one part, however many there are", arguments: [1, 2, 64])
    func parts(count: UInt64) throws {
        let lost = (0..<500).map(Self.block)
        // A block stands there twice, two that were not lost, and the last three are missing.
        let listed = lost.dropLast(3) + [7, 900, 901].map(Self.block)
        var (strays, missing): ([BlockPointer], UInt64) = ([], 0)
        var found: [BlockPointer] = []
        for part in 0..<count {
            let expected = ExpectedBlocks(part: part, of: count, isMovable: false)
            lost.forEach(expected.expect)
            for pointer in listed where !expected.strike(pointer) { strays.append(pointer) }
            missing += expected.missingCount
            lost.forEach(expected.seek)
            if let first = expected.firstMissing { found.append(first) }
        }
        #expect(missing == 3)
        #expect(Set(strays) == Set([7, 900, 901].map(Self.block)))
        #expect(strays.count == 3)
        #expect(!found.isEmpty && Set(found).isSubset(of: lost.suffix(3)))
        if count == 1 { #expect(found == [Self.block(497)]) }
    }

    @Test func `blocks of one size and birth are counted where places say nothing`() {
        let expected = ExpectedBlocks(part: 0, of: 1, isMovable: true)
        for number: UInt64 in [0, 3, 6] { expected.expect(Self.block(number)) }
        let isExpected = [9, 12, 15, 18].map { expected.strike(Self.block($0)) }
        #expect(isExpected == [true, true, true, false])
        #expect(expected.missingCount == 0)
    }

    @Test func `there are as many parts as memory asks for`() {
        #expect(ExpectedBlocks.partCount(blocks: 0, memory: 1 << 20) == 1)
        #expect(ExpectedBlocks.partCount(blocks: 1000, memory: 1 << 20) == 1)
        // Some 6500 of them are a mebibyte.
        #expect(ExpectedBlocks.partCount(blocks: 100_000, memory: 1 << 20) == 16)
        #expect(ExpectedBlocks.partCount(blocks: .max, memory: 0) == 1 << 63)
    }

    private static let contents: Set<ProblemKind> = [
        .deadlistLive, .deadlistForeign, .deadlistMissing,
    ]

    @Test(
        "what a deadlist lacks and has too much is found in parts that fit the memory",
        arguments: DamageCase.deadlists.filter { !contents.isDisjoint(with: $0.kinds) })
    func wholePool(damage: DamageCase) throws {
        let pool = try EditedPool(damage.pool)
        _ = try damage.damage(pool)
        func problems(_ memory: Int) throws -> [Problem] {
            let options = VerifyOptions(
                threadCount: 2, memory: memory, selection: CheckSelection(only: ["deadlist"]))
            return try pool.verify(options, keys: damage.keys).problems
                .filter { Self.contents.contains($0.kind) }
        }
        // Room for six blocks, then for all.
        let (some, all) = (try problems(1 << 12), try problems(1 << 30))
        #expect(!all.isEmpty)
        #expect(Set(some.map(\.location)) == Set(all.map(\.location)))
        let missing = { (problems: [Problem]) in problems.compactMap { $0.evidence["blocks"] } }
        #expect(missing(some) == missing(all))
    }
}
