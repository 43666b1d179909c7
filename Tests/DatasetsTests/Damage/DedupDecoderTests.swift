import Bytes
import Codecs
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// Dedup keys, entries and log records, word by word after `include/sys/ddt.h` and `ddt_impl.h`.
@Suite struct DedupDecoderTests {
    /// A checksum of 1, 2, 3, 4; 128 KiB in 4 KiB by LZ4, encrypted.
    private static let keyWords: [UInt64] = [1, 2, 3, 4, 255 | 7 << 16 | 15 << 32 | 1 << 39]
    /// One address on vdev 3 of 8 KiB at 1 MiB, two more; 5 references, born in txg 77.
    private static let form: [UInt64] = [3 << 32 | 16, 2048, 16, 4096, 9, 9, 5, 77]
    private static let flat: [UInt64] = form + [1_700_000_000]
    /// The forms of ditto blocks and of two copies are in use.
    private static let legacy: [UInt64] =
        form + [UInt64](repeating: 0, count: 8) + form + [UInt64](repeating: 0, count: 8)

    private static func key() throws -> DedupKey { try DedupKey(words: keyWords) }

    private static func entry(
        _ words: [UInt64], _ order: ByteOrder, isFlat: Bool
    ) throws -> DedupEntry {
        let bytes = HandMade(order).bytes(words)
        return try DedupEntry(key: key(), value: bytes.rawBytes, order, isFlat: isFlat)
    }

    /// A record of the log: type 1, class `unique`.
    private static func record(_ made: HandMade, isFlat: Bool) -> [UInt8] {
        let value = isFlat ? flat : legacy
        let length = UInt64(8 + 40 + value.count * 8)
        return made.bytes([1 | length << 8 | 2 << 56] + keyWords + value)
    }

    @Test("a key decodes in either order", arguments: ByteOrder.allCases)
    func key(order: ByteOrder) throws {
        let bytes = HandMade(order).bytes(Self.keyWords)
        let key = try DedupKey(bytes.rawBytes, order)
        #expect(key == (try Self.key()))
        #expect(key.checksum == Checksum(1, 2, 3, 4))
        #expect(key.logicalSize == 131_072)
        #expect(key.physicalSize == 4096)
        #expect(key.compression == .lz4)
        #expect(key.isEncrypted)
        var written = [UInt8](repeating: 0, count: 40)
        try key.encode(into: &written, order)
        #expect(written == bytes)
        for count in 0..<40 {
            #expect(throws: FormatError.self) {
                try DedupKey([UInt8](bytes.prefix(count)).rawBytes, order)
            }
        }
        for count in [0, 1, 4, 6] {
            #expect(throws: FormatError.self) {
                try DedupKey(words: [UInt64](repeating: 0, count: count))
            }
        }
        for verb in Fuzz.allCases {
            try verb.forEachSpoiled(DedupKey.Layout.fields, of: bytes, order) { spoiled in
                let key = try DedupKey(spoiled.rawBytes, order)
                #expect(key.logicalSize <= 32 << 20 && key.physicalSize <= 32 << 20)
                _ = key.compression.description
            }
        }
    }

    @Test("an entry decodes in either order", arguments: ByteOrder.allCases)
    func entry(order: ByteOrder) throws {
        let flat = try Self.entry(Self.flat, order, isFlat: true)
        #expect(flat.variants.count == 1)
        #expect(flat.references == 5)
        #expect(flat.variants[0].copies == nil)
        #expect(flat.variants[0].classStart == 1_700_000_000)
        #expect(flat.variants[0].physicalBirth == TransactionGroup(77))
        #expect(flat.variants[0].addresses(encrypted: true).count == 2)
        #expect(flat.variants[0].addresses(encrypted: false).count == 3)
        #expect(
            flat.variants[0].dvas[0] == DVA(vdev: 3, offset: 1 << 20, allocatedSize: 8192))
        let legacy = try Self.entry(Self.legacy, order, isFlat: false)
        #expect(legacy.variants.map(\.copies) == [0, 2])
        #expect(legacy.references == 10)
        #expect(legacy.variants.allSatisfy { $0.classStart == nil })
    }

    @Test("an entry cut short throws", arguments: ByteOrder.allCases, [false, true])
    func truncated(order: ByteOrder, isFlat: Bool) throws {
        let whole = HandMade(order).bytes(isFlat ? Self.flat : Self.legacy)
        #expect(DedupEntry.valueSize(isFlat: isFlat) == whole.count)
        for count in 0..<whole.count {
            let cut = [UInt8](whole.prefix(count))
            #expect(throws: FormatError.self) {
                try DedupEntry(key: Self.key(), value: cut.rawBytes, order, isFlat: isFlat)
            }
            #expect(throws: FormatError.self) {
                try DedupEntry(key: Self.key(), packed: [0] + cut, isFlat: isFlat)
            }
        }
        #expect(throws: FormatError.self) {
            try DedupEntry(key: Self.key(), packed: [], isFlat: isFlat)
        }
    }

    @Test("no word of an entry can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        for isFlat in [false, true] {
            let whole = HandMade(order).bytes(isFlat ? Self.flat : Self.legacy)
            try verb.forEachSpoiled(Fuzz.words(whole.count), of: whole, order) { spoiled in
                let entry = try DedupEntry(
                    key: Self.key(), value: spoiled.rawBytes, order, isFlat: isFlat)
                _ = entry.record
                _ = entry.references
            }
        }
    }

    @Test func `sums of absurd counts stay absurd and do not wrap`() throws {
        var words = Self.legacy
        words[6] = .max
        words[22] = .max
        #expect(try Self.entry(words, .little, isFlat: false).references == .max)
    }

    /// ZLE's own coding (`module/zfs/zle.c`): a byte below 64 is one less than the number of bytes that follow, one
    /// from 64 on is 63 more than the number of zeros that it stands for.
    private static func zle(_ bytes: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let zeros = bytes[index...].prefix(192).prefix { $0 == 0 }.count
            if zeros > 0 {
                packed.append(UInt8(63 + zeros))
                index += zeros
                continue
            }
            let run = Array(bytes[index...].prefix(64).prefix { $0 != 0 })
            packed += [UInt8(run.count - 1)] + run
            index += run.count
        }
        return packed
    }

    @Test(
        "a value is unpacked by its first byte", arguments: ByteOrder.allCases, [false, true])
    func packed(order: ByteOrder, isFlat: Bool) throws {
        let words = isFlat ? Self.flat : Self.legacy
        let plain = HandMade(order).bytes(words)
        let expected = try Self.entry(words, order, isFlat: isFlat)
        let first: UInt8 = order == .little ? 0x80 : 0
        let zle = CompressionAlgorithm.zle.rawValue
        let samples = [[first | 2] + plain, [first | zle] + Self.zle(plain)]
        for sample in samples {
            #expect(
                try DedupEntry(key: Self.key(), packed: sample, isFlat: isFlat) == expected)
            for verb in Fuzz.allCases {
                verb.forEachSpoiled(Fuzz.words(sample.count, width: 1), of: sample) { spoiled in
                    _ = try? DedupEntry(key: Self.key(), packed: spoiled, isFlat: isFlat)
                }
            }
            for count in 0..<sample.count {
                _ = try? DedupEntry(
                    key: Self.key(), packed: [UInt8](sample.prefix(count)), isFlat: isFlat)
            }
        }
    }

    @Test("log records follow each other", arguments: ByteOrder.allCases, [false, true])
    func log(order: ByteOrder, isFlat: Bool) throws {
        let made = HandMade(order)
        let record = Self.record(made, isFlat: isFlat)
        let block = record + record + [UInt8](repeating: 0, count: 1024 - 2 * record.count)
        let records = try DedupLogRecord.records(in: block.rawBytes, order, isFlat: isFlat)
        let words = isFlat ? Self.flat : Self.legacy
        #expect(records.count == 2)
        #expect(records.map(\.place.storageClass) == [2, 2])
        #expect(records[0].entry == (try Self.entry(words, order, isFlat: isFlat)))
        for count in 0..<record.count {
            let cut = [UInt8](record.prefix(count))
            // With less than a header there is no record; with more there is half a one.
            if count < 8 {
                #expect(
                    try DedupLogRecord.records(in: cut.rawBytes, order, isFlat: isFlat).isEmpty)
            } else {
                #expect(throws: FormatError.self) {
                    try DedupLogRecord.records(in: cut.rawBytes, order, isFlat: isFlat)
                }
            }
        }
        for verb in Fuzz.allCases {
            verb.forEachSpoiled(Fuzz.words(record.count), of: block, order) { spoiled in
                let found = try? DedupLogRecord.records(
                    in: spoiled.rawBytes, order, isFlat: isFlat)
                for record in found ?? [] { _ = record.entry.record }
            }
        }
    }

    @Test("a log is read up to its length", arguments: Fuzz.allCases, ByteOrder.allCases)
    func wholeLog(verb: Fuzz, order: ByteOrder) throws {
        let made = HandMade(order)
        let record = Self.record(made, isFlat: true)
        let block = record + [UInt8](repeating: 0, count: 512 - record.count)
        // Version 1, 1 KiB long, since txg 9, no checkpoint.
        let bonus = made.bytes([1, 1024, 9, 0, 0, 0, 0, 0])
        func read(_ bonus: [UInt8]) throws -> (records: Int, problems: [String]) {
            let meta = try made.metaObjects([5: made.dnode([block, nil], bonus: bonus)])
            let log = try DedupLog(name: "DDT-log-sha256-0", try meta.object(5))
            _ = log.record
            var problems: [String] = []
            let records = log.entries(isFlat: true) { problems.append($0) }
            return (records.count, problems)
        }
        let sound = try read(bonus)
        #expect(sound.records == 1)
        #expect(sound.problems == ["block 1 of the log is a hole"])
        try verb.forEachSpoiled(DedupLogHeader.Layout.fields, of: bonus, order) { spoiled in
            _ = try read(spoiled)
        }
        for count in 0..<64 {
            #expect(throws: PoolError.self) { try read([UInt8](bonus.prefix(count))) }
        }
    }
}
