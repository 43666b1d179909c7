import Bytes
import Datasets
import Files
import TestSupport
import Testing

@testable import Verify

/// Intent logs, above all such as are too long for the memory that there is.
@Suite struct LongLogTests {
    private static let little = VerifyOptions(threadCount: 2, memory: 256)

    @Test func `what does not fit is said, and nothing is a finding`() throws {
        let result = try EditedPool("zil").verify(Self.little)
        #expect(result.problems.isEmpty)
        for place in ["the intent log of dataset", "the intent log of zil/always from record"] {
            let told = result.unchecked.first { $0.what.hasPrefix(place) }
            #expect(told?.why.contains("--memory") ?? false, "\(place)")
        }
    }

    @Test func `what it is enough for is replayed`() throws {
        let pool = try EditedPool("zil")
        let set = try pool.open().objectSet(of: try pool.dataset("zil/always"))
        let whole = try Filesystem(set).replayed(after: TransactionGroup(0), memory: 1 << 30).1
        #expect(whole.firstOmitted == nil)
        #expect(whole.appliedCount > 2)
        // Record 48 is the first, and a record takes some 2 KiB.
        let part = try Filesystem(set).replayed(after: TransactionGroup(0), memory: 8192).1
        #expect(part.appliedCount > 0)
        #expect(part.firstOmitted == 48 + UInt64(part.appliedCount))
        #expect(part.refused.isEmpty)
    }

    @Test func `an ACL that a log sets is no finding`() throws {
        let pool = try EditedPool("zil")
        let object = try pool.dataset("zil/always").object
        let block = try #require(
            try pool.logBlocks(of: object).first { $0.records.first?.sequence == 54 })
        try pool.editLogBlock(block) { bytes in
            let start = block.chain.records.lowerBound
            bytes.replaceSubrange(
                start + 40..<start + 112, with: [UInt8](repeating: 0, count: 72))
            typealias Layout = LoggedACL.Layout
            for (offset, word) in [
                (0, LogRecordType.setACL.rawValue), (Layout.count.offset, 1),
                (Layout.byteCountOfEntries.offset, 12),
            ] {
                try Field<UInt64>("word", at: start + offset).write(word, into: &bytes, .little)
            }
            // Everyone may read: flags, type and mask of an entry that names nobody.
            bytes[start + Layout.byteCount + 8] = 1
        }
        let result = try pool.verify()
        #expect(result.problems.map(\.kind) == [])
        #expect(try pool.logBlocks(of: object).contains { $0.records.first?.type == .setACL })
    }
}
