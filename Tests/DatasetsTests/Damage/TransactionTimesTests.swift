import Bytes
import Datasets
import TestSupport
import Testing

/// Rings of times and txgs put together after `rrd_t` (`include/zfs_crrd.h`) and `rrd_entry`
/// (`module/zfs/zfs_crrd.c`).
@Suite struct TransactionTimesTests {
    /// Head 3, tail 1, two entries in a ring with room for 4.
    private static let words: [UInt64] = [3, 1, 2, 200, 20, 0, 0, 0, 0, 100, 10]

    @Test func `entries come from the head on, round the end`() throws {
        let times = try TransactionTimes(words: Self.words)
        #expect(times.entries.map(\.time) == [100, 200])
        #expect(times.entries.map(\.txg.rawValue) == [10, 20])
        #expect(try TransactionTimes(words: [0, 0, 0, 0, 0]).entries.isEmpty)
        let whole = try TransactionTimes(
            words: [0, 0, 256] + (0..<512).map { UInt64($0) })
        #expect(whole.entries.count == 256)
        #expect(whole.entries.last?.time == 510)
    }

    @Test("an array of another shape is refused", arguments: 0..<9)
    func truncated(count: Int) throws {
        let cut = Array(Self.words.prefix(count))
        // Whole pairs leave a smaller ring, into which the head does not point any more.
        #expect(throws: FormatError.self) { try TransactionTimes(words: cut) }
    }

    @Test("a head or length beyond the ring is refused", arguments: [4, 5, 256, .max] as [UInt64])
    func limits(value: UInt64) {
        var words = Self.words
        words[0] = value
        let head = #expect(throws: FormatError.self) { try TransactionTimes(words: words) }
        #expect(head?.field == "rrd_head")
        words = Self.words
        words[2] = value == 4 ? 6 : value
        let length = #expect(throws: FormatError.self) { try TransactionTimes(words: words) }
        #expect(length?.field == "rrd_length")
    }

    @Test("no word can crash it", arguments: Fuzz.allCases)
    func fuzz(verb: Fuzz) throws {
        let bytes = HandMade(.little).bytes(Self.words)
        try verb.forEachSpoiled(Fuzz.words(bytes.count), of: bytes) { spoiled in
            var words: [UInt64] = []
            for index in 0..<Self.words.count {
                words.append(try spoiled.rawBytes.integer(at: index * 8, .little))
            }
            _ = try? TransactionTimes(words: words).record
        }
    }
}
