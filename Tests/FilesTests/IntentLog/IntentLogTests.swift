import Blocks
import Bytes
import Codecs
import Files
import Objects
import TestSupport
import Testing
import Vdevs

/// Chains put together word by word after `include/sys/zil.h`.
@Suite struct IntentLogTests {
    private static let blockSize = 4096

    /// A pointer to log block `number` of a log with GUID 5:6 in object set 54.
    private static func pointer(_ number: UInt64, _ kind: ChecksumAlgorithm) -> BlockPointer {
        var words = [16 of UInt64](repeating: 0)
        words[0] = 8
        words[1] = number * 8
        words[6] = 7 | 7 << 16 | 2 << 32 | UInt64(kind.rawValue) << 40 | 9 << 48 | 1 << 63
        words[10] = 27
        words[12] = 5
        words[13] = 6
        words[14] = 54
        words[15] = number
        return BlockPointer(words: words)
    }

    private static func words(_ pointer: BlockPointer) -> [UInt64] {
        pointer.words.indices.map { pointer.words[$0] }
    }

    private static func block(
        _ number: UInt64, next: BlockPointer? = nil, _ kind: ChecksumAlgorithm, _ order: ByteOrder,
        used: Int? = nil, records: [UInt8]
    ) -> [UInt8] {
        var structure = StructureBytes(count: blockSize, order)
        let chain = kind == .zilog2 ? 0 : blockSize - 184
        structure.put(words: words(next ?? pointer(number + 1, kind)), at: chain + 8)
        structure.put(
            UInt64(used ?? (kind == .zilog2 ? 184 : 0) + records.count), at: chain + 136)
        structure.put(UInt64(0x210_da7a_b10c_7a11), at: chain + 144)
        structure.put(records, at: kind == .zilog2 ? 184 : 0)
        return structure.bytes
    }

    private static func header(
        _ first: BlockPointer, claimed: (block: UInt64, record: UInt64)? = nil
    ) throws -> IntentLogHeader {
        var structure = StructureBytes(count: 192)
        structure.put(words: [claimed == nil ? 0 : 26, 0], at: 0)
        structure.put(words: words(first), at: 16)
        structure.put(words: [claimed?.block ?? 0, claimed == nil ? 0 : 2], at: 144)
        structure.put(words: [claimed?.record ?? 0], at: 160)
        return try IntentLogHeader(structure.bytes.rawBytes, .little)
    }

    private static func record(_ sequence: UInt64, _ order: ByteOrder) -> [UInt8] {
        var structure = StructureBytes(count: 0, order)
        structure.append(words: [10, 56, 27, sequence, 5, 0, 0])
        return structure.bytes
    }

    private static func source(
        _ kind: ChecksumAlgorithm, _ order: ByteOrder = .little
    ) -> DictionarySource {
        var source = DictionarySource()
        for number in UInt64(1)...3 {
            let records = record(number * 2 - 1, order) + record(number * 2, order)
            source.blocks[number * 4096] = block(number, kind, order, records: records)
        }
        return source
    }

    private static func walk(
        _ log: IntentLog
    ) -> (sequences: [UInt64], end: IntentLog.End) {
        var sequences: [UInt64] = []
        let end = log.forEachBlock { sequences += $0.records.map(\.sequence) }
        return (sequences, end)
    }

    @Test(
        "a chain of either kind and order is followed to where nothing was written",
        arguments: [ChecksumAlgorithm.zilog, .zilog2], ByteOrder.allCases)
    func follows(kind: ChecksumAlgorithm, order: ByteOrder) throws {
        let log = IntentLog(
            try Self.header(Self.pointer(1, kind)), source: Self.source(kind, order))
        let (sequences, end) = Self.walk(log)
        #expect(sequences == [1, 2, 3, 4, 5, 6])
        guard case .notWritten(let pointer, _) = end else {
            Issue.record("ended with \(end)")
            return
        }
        #expect(pointer.checksum.word3 == 4)
    }

    @Test func `an empty header has no log`() throws {
        let log = IntentLog(try Self.header(.hole), source: DictionarySource())
        #expect(log.isEmpty)
        guard case .empty = Self.walk(log).end else {
            Issue.record("found a log")
            return
        }
    }

    @Test func `a claimed log ends at the claimed record`() throws {
        let header = try Self.header(Self.pointer(1, .zilog2), claimed: (block: 2, record: 3))
        let (sequences, end) = Self.walk(IntentLog(header, source: Self.source(.zilog2)))
        #expect(sequences == [1, 2, 3])
        guard case .claimed = end else {
            Issue.record("ended with \(end)")
            return
        }
    }

    @Test func `a claimed block that is gone is lost`() throws {
        var source = Self.source(.zilog2)
        source.blocks[2 * 4096] = nil
        let header = try Self.header(Self.pointer(1, .zilog2), claimed: (block: 3, record: 6))
        let (sequences, end) = Self.walk(IntentLog(header, source: source))
        #expect(sequences == [1, 2])
        guard case .lost = end else {
            Issue.record("ended with \(end)")
            return
        }
    }

    @Test func `a block that leads elsewhere or back is damage`() throws {
        for next in [Self.pointer(1, .zilog2), Self.pointer(7, .zilog2), .hole] {
            var source = Self.source(.zilog2)
            source.blocks[2 * 4096] = Self.block(2, next: next, .zilog2, .little, records: [])
            let log = IntentLog(try Self.header(Self.pointer(1, .zilog2)), source: source)
            let (sequences, end) = Self.walk(log)
            #expect(sequences == [1, 2])
            guard case .damaged = end else {
                Issue.record("ended with \(end)")
                return
            }
        }
    }

    @Test func `records before a bad one are kept`() throws {
        var source = Self.source(.zilog2)
        var records = Self.record(3, .little) + Self.record(4, .little)
        records[56 + 8] = 8
        source.blocks[2 * 4096] = Self.block(2, .zilog2, .little, records: records)
        let log = IntentLog(try Self.header(Self.pointer(1, .zilog2)), source: source)
        let (sequences, end) = Self.walk(log)
        #expect(sequences == [1, 2, 3])
        guard case .damaged = end else {
            Issue.record("ended with \(end)")
            return
        }
    }

    @Test func `an encrypted log without key gives the headers of its records`() throws {
        var source = Self.source(.zilog2)
        source.isLocked = true
        let log = IntentLog(try Self.header(Self.pointer(1, .zilog2)), source: source)
        var isEncrypted: [Bool] = []
        _ = log.forEachBlock { isEncrypted.append($0.isEncrypted) }
        #expect(isEncrypted == [true, true, true])
        #expect(Self.walk(log).sequences == [1, 2, 3, 4, 5, 6])
    }

    @Test(
        "no field of the chain can crash the walk", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        for kind in [ChecksumAlgorithm.zilog, .zilog2] {
            var source = Self.source(kind, order)
            let bytes = try #require(source.blocks[2 * 4096])
            let start = kind == .zilog2 ? 0 : Self.blockSize - 184
            let header = try Self.header(Self.pointer(1, kind))
            verb.forEachSpoiled(LogChain.Layout.fields, of: bytes, at: start, order) { spoiled in
                source.blocks[2 * 4096] = spoiled
                _ = Self.walk(IntentLog(header, source: source))
            }
        }
    }

    @Test(
        "a block cut short throws", arguments: [ChecksumAlgorithm.zilog, .zilog2])
    func truncated(kind: ChecksumAlgorithm) throws {
        let bytes = Self.block(1, kind, .little, records: Self.record(1, .little))
        for count in 0..<184 {
            #expect(throws: FormatError.self) {
                try LogChain(block: [UInt8](bytes.suffix(count)).rawBytes, kind)
            }
        }
    }
}
