import Bytes
import Datasets
import TestSupport
import Testing

/// Redaction lists put together after `redaction_list_phys_t` (`include/sys/dsl_bookmark.h`).
@Suite struct RedactionListTests {
    /// Complete up to block 9 of object 8; 7 entries; made of the snapshots with GUIDs 5 and 6.
    private static let words: [UInt64] = [8, 9, 7, 2, 5, 6]

    @Test("decodes in either order", arguments: ByteOrder.allCases)
    func decodes(order: ByteOrder) throws {
        let list = try RedactionList(HandMade(order).bytes(Self.words).rawBytes, order)
        #expect(list.lastObject == 8)
        #expect(list.lastBlock == 9)
        #expect(list.entryCount == 7)
        #expect(list.snapshots == [GUID(5), GUID(6)])
    }

    @Test("every truncation throws", arguments: 0..<48)
    func truncated(count: Int) {
        for order in ByteOrder.allCases {
            let cut = [UInt8](HandMade(order).bytes(Self.words).prefix(count))
            #expect(throws: FormatError.self) { try RedactionList(cut.rawBytes, order) }
        }
    }

    @Test("no field can crash it", arguments: Fuzz.allCases, ByteOrder.allCases)
    func fuzz(verb: Fuzz, order: ByteOrder) {
        let bytes = HandMade(order).bytes(Self.words)
        verb.forEachSpoiled(Fuzz.words(48), of: bytes, order) { spoiled in
            _ = try? RedactionList(spoiled.rawBytes, order).record
        }
    }
}
