import Files
import TestSupport
import Testing

@testable import Verify

/// The check of files keeps to the memory that there is for it.
@Suite struct FileMemoryTests {
    /// Without the kind that the walk finds, too, whose sums have a share of their own.
    private static let codes =
        Set(FilesystemCheck.kinds).subtracting(BlockTreeCheck.kinds).map(\.code)

    private func verify(_ pool: EditedPool, memory: Int) throws -> VerifyResult {
        try pool.verify(
            VerifyOptions(
                threadCount: 8, memory: memory, selection: CheckSelection(only: Self.codes)))
    }

    @Test("what fits no share beside others is looked at alone")
    func alone() throws {
        // Seven file systems of 422 objects or more, 18 bytes each: none fits a seventh of the half.
        let result = try verify(EditedPool("names"), memory: 96 << 10)
        #expect(result.problems.isEmpty)
        #expect(result.unchecked.isEmpty)
    }

    @Test("what fits nowhere is left unchecked, and no problem")
    func tooLarge() throws {
        let result = try verify(EditedPool("names"), memory: 12 << 10)
        #expect(result.problems.isEmpty)
        #expect(
            Set(result.unchecked.map(\.what))
                == Set(
                    ["", "/ci", "/formc_ci", "/formd", "/formkd", "/mixed", "/utf8"].map {
                        "the files of names\($0)"
                    }))
        #expect(result.unchecked.allSatisfy { $0.why.hasSuffix("`--memory` may be enough") })
    }

    @Test("names that count as the same are found", arguments: [96 << 10, 1 << 30])
    func twins(memory: Int) throws {
        let pool = try EditedPool("names")
        let (old, new) = (Array("new\nline".utf8), Array(" LEADING".utf8))
        try pool.editor.edit(.block(.dataset(80), object: 34, index: 1)) { bytes in
            let place = try #require(
                bytes.indices.dropLast(8).first { Array(bytes[$0..<$0 + 8]) == old })
            bytes.replaceSubrange(place..<place + 8, with: new)
        }
        let result = try verify(pool, memory: memory)
        #expect(result.problems.map(\.kind) == [.fileName])
        #expect([" leading", " LEADING"].contains(result.problems.first?.location.key))
        #expect(result.unchecked.isEmpty)
    }

    @Test func `a table is counted by the numbers that its blocks stand for`() {
        var plan = ObjectTablePlan()
        plan.add(from: 0, count: 32)
        plan.add(from: 32, count: 32)
        #expect(plan.byteCount == 64 * 18 + 512)
        // One block on either side of the border between two parts.
        plan.add(from: 32768 - 16, count: 32)
        #expect(plan.counts == [0: 32768, 1: 16])
        #expect(plan.byteCount == (32768 + 16) * 18 + 2 * 512)
        plan.add(from: .max - 16, count: 32)
        plan.add(from: .max - 32, count: 32)
        #expect(plan.counts == [0: 32768, 1: 16, UInt64.max >> 15: 32767])
    }

    @Test func `sums of too many owners are dropped, and others kept`() {
        var sums = SpaceSums(limit: 3)
        for user in 0..<5 as Range<UInt64> {
            sums.add(.user, user % 2, bytes: 10, isObject: true)
            sums.add(.group, user, bytes: 10, isObject: true)
        }
        #expect(sums.omitted == [.group])
        #expect(sums.count == 2)
        let users = sums.take(.user)
        #expect(users == [0: .init(bytes: 30, objects: 3), 1: .init(bytes: 20, objects: 2)])
        #expect(sums.take(.group).isEmpty)
    }

    @Test func `names are compared as far as there is memory`() {
        let memory = MemoryShare(8192)
        var few = NameTwins(memory)
        for name in ["A", "B", "A", "C"] { few.note(FileName(name)) }
        let isDouble = few.settle()
        #expect(isDouble)
        let found = ["A", "B", "A", "C"].map { few.isTwin(FileName($0)) }
        #expect(found == [false, false, true, false])
        #expect(few.isComplete)
        few.end()
        #expect(memory.left == 8192)
        var many = NameTwins(memory)
        for number in 0..<1000 { many.note(FileName("\(number)")) }
        #expect(!many.isComplete)
        let hasTwins = many.settle()
        #expect(!hasTwins)
        many.end()
        #expect(memory.left == 8192)
    }
}
