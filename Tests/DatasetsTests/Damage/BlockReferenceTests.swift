import Bytes
import Datasets
import Objects
import TestSupport
import Testing

/// Block reference tables put together after `include/sys/brt_impl.h`, with entries of both forms.
@Suite struct BlockReferenceTests {
    /// Object 5 has two counters and leads to the entries in object 6.
    private static func table(
        _ zap: HandMadeZAP, _ entries: [HandMadeZAP.Entry], bonus: [UInt8]? = nil,
        counters: [UInt8]? = nil
    ) throws -> (table: BlockReferences, meta: MetaObjects) {
        let made = zap.made
        let header = made.bytes([6, 2, made.order == .big ? 1 : 0, 3, 16 << 20, 8192, 12_288])
        var block = [UInt8](repeating: 0, count: 512)
        made.put(UInt16(1), at: 0, into: &block)
        made.put(UInt16(258), at: 2, into: &block)
        let meta = try made.metaObjects([
            5: made.dnode([counters ?? block], bonus: bonus ?? header), 6: zap.dnode(entries),
        ])
        return (try BlockReferences(vdev: 0, object: 5, meta), meta)
    }

    private static func zap(_ order: ByteOrder) -> HandMadeZAP {
        var zap = HandMadeZAP(order)
        // Keys of words, as the table's ZAP has them.
        zap.flags = 2
        return zap
    }

    /// Two entries: words with the feature, else eight bytes as the host had them in memory.
    private static func entries(_ made: HandMade, isWord: Bool) -> [HandMadeZAP.Entry] {
        [(0x10_0000, 1), (0x20_0000, 700)].map { offset, extra in
            let word: [UInt8] = (0..<8).map { UInt8(truncatingIfNeeded: extra >> (56 - $0 * 8)) }
            return HandMadeZAP.Entry(
                .words([UInt64(offset)]), integerSize: isWord ? 8 : 1,
                isWord ? word : made.bytes([UInt64(extra)]))
        }
    }

    private static func references(_ table: BlockReferences) throws -> [BlockReference] {
        var found: [BlockReference] = []
        try table.forEachReference { found.append($0) }
        return found.sorted { $0.offset < $1.offset }
    }

    @Test("reads entries of both forms", arguments: ByteOrder.allCases, [false, true])
    func reads(order: ByteOrder, isWord: Bool) throws {
        let zap = Self.zap(order)
        let (table, meta) = try Self.table(zap, Self.entries(zap.made, isWord: isWord))
        let found = try Self.references(table)
        #expect(found.map(\.offset) == [0x10_0000, 0x20_0000])
        #expect(found.map(\.extra) == [1, 700])
        #expect(try table.counters() == [1, 258])
        #expect(meta.notes.all.isEmpty)
    }

    @Test("a value of no possible shape is told", arguments: [0, 1, 7, 9, 16])
    func shapes(count: Int) throws {
        let zap = Self.zap(.little)
        let bad = HandMadeZAP.Entry(
            .words([0x30_0000]), integerSize: 1, [UInt8](repeating: 1, count: count))
        let (table, meta) = try Self.table(zap, Self.entries(zap.made, isWord: true) + [bad])
        #expect(try Self.references(table).count == 2)
        #expect(meta.notes.all.map(\.cause) == ["the entry 300000 is none of a block"])
    }

    @Test("no value can crash it", arguments: Fuzz.allCases, [false, true])
    func fuzzEntry(verb: Fuzz, isWord: Bool) throws {
        for order in ByteOrder.allCases {
            let zap = Self.zap(order)
            var entries = Self.entries(zap.made, isWord: isWord)
            entries[0].value = verb.apply(to: entries[0].value)
            let (table, _) = try Self.table(zap, entries)
            #expect(try Self.references(table).count == 2)
        }
    }

    @Test("no field of the totals can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let zap = Self.zap(order)
        let entries = Self.entries(zap.made, isWord: false)
        let bonus = zap.made.bytes([6, 2, 0, 3, 16 << 20, 8192, 12_288])
        try verb.forEachSpoiled(BlockReferencesHeader.fields, of: bonus, order) { spoiled in
            let (table, _) = try Self.table(zap, entries, bonus: spoiled)
            _ = try? Self.references(table)
            _ = try? table.counters()
            _ = BlockReferenceTables([table, table]).record
        }
    }

    @Test("totals cut short are refused", arguments: 0..<56)
    func truncated(count: Int) {
        let zap = Self.zap(.little)
        let bonus = [UInt8](repeating: 0, count: count)
        #expect(throws: PoolError.self) { try Self.table(zap, [], bonus: bonus) }
    }
}
