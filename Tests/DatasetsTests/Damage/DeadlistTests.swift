import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs

/// Deadlists and livelists put together after `include/sys/dsl_deadlist.h`.
@Suite struct DeadlistTests {
    /// `dl_used`, `dl_comp`, `dl_uncomp` and padding.
    private static let header: [UInt64] = [4096, 2048, 8192] + [UInt64](repeating: 0, count: 37)

    @Test("the parts come in the order of their txgs", arguments: ByteOrder.allCases)
    func parts(order: ByteOrder) throws {
        let zap = HandMadeZAP(order)
        let meta = try zap.made.metaObjects([
            5: zap.dnode([("1f", 7), ("0", 6), ("a", 8)], bonus: zap.made.bytes(Self.header))
        ])
        let list = try Deadlist(5, meta)
        guard case .byBirth(let header, let parts) = list.form else {
            Issue.record("\(list.form)")
            return
        }
        #expect(list.usedBytes == 4096)
        #expect(header.compressedBytes == 2048 && header.uncompressedBytes == 8192)
        #expect(parts.map(\.minimumTxg.rawValue) == [0, 10, 31])
        #expect(parts.map(\.list) == [6, 8, 7])
        #expect(meta.notes.all.isEmpty)
    }

    @Test func `a key that is no txg is told, and the others are there`() throws {
        let zap = HandMadeZAP()
        let meta = try zap.made.metaObjects([
            5: zap.dnode(
                [("zz", 7), ("-1", 7), ("10000000000000000", 7), ("", 7), ("a", 8)],
                bonus: zap.made.bytes(Self.header))
        ])
        guard case .byBirth(_, let parts) = try Deadlist(5, meta).form else {
            Issue.record("not by birth")
            return
        }
        #expect(parts.map(\.minimumTxg.rawValue) == [10])
        // An entry without a name is a free slot of a micro ZAP, which is all zero.
        #expect(meta.notes.all.count == 4)
    }

    @Test("an early one is a list of its own", arguments: ByteOrder.allCases)
    func single(order: ByteOrder) throws {
        let made = HandMade(order)
        let bonus = made.bytes([3, 4096, 2048, 8192])
        let meta = try made.metaObjects([
            5: made.dnode([nil], type: .blockPointerList, bonus: bonus)
        ])
        let list = try Deadlist(5, meta)
        guard case .single(let pointers) = list.form else {
            Issue.record("\(list.form)")
            return
        }
        #expect(pointers.header.count == 3)
        #expect(list.usedBytes == 4096)
        _ = list.record
    }

    @Test("totals cut short are refused", arguments: 0..<24)
    func truncated(count: Int) throws {
        let zap = HandMadeZAP()
        let bonus = [UInt8](zap.made.bytes(Self.header).prefix(count))
        let meta = try zap.made.metaObjects([5: zap.dnode([("a", 1)], bonus: bonus)])
        #expect(throws: PoolError.self) { try Deadlist(5, meta) }
    }

    @Test("no field can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) throws {
        let zap = HandMadeZAP(order)
        let bonus = zap.made.bytes(Self.header)
        try verb.forEachSpoiled(DeadlistHeader.fields, of: bonus, order) { spoiled in
            let meta = try zap.made.metaObjects([5: zap.dnode([("a", 1)], bonus: spoiled)])
            _ = try Deadlist(5, meta).record
        }
        // The words of the ZAP's block: its head and its one entry.
        let block = zap.micro([("a", 1)])
        try verb.forEachSpoiled(Fuzz.words(128), of: block, order) { spoiled in
            let meta = try zap.made.metaObjects([
                5: zap.made.dnode([spoiled], type: .directory, bonus: bonus)
            ])
            _ = try? Deadlist(5, meta).record
        }
    }
}
