import Bytes
import FoundationEssentials
import Report
import Testing

@Suite struct JSONRendererTests {
    private static func line(_ record: Record) -> String {
        var bytes: [UInt8] = []
        JSONRenderer.append(record, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `keys keep their order and words are strings`() {
        let record = Record([
            "zebra": .number(1), "apple": .word(.max), "guid": .guid(GUID(7)),
            "ratio": .ratio(.nan), "list": .list([.flag(true), .none]),
            "inner": .record(Record(["txg": .txg(TransactionGroup(5))])),
        ])
        #expect(
            Self.line(record)
                == #"{"zebra":1,"apple":"18446744073709551615","guid":"7","ratio":null,"#
                + #""list":[true,null],"inner":{"txg":5}}"#)
    }

    @Test(
        "any string survives a foreign parser",
        arguments: [
            "", "plain", "quo\"te\\", "line\nbreak\ttab\r", "\u{0}\u{1}\u{1f}\u{7f}", "ü漢😀",
        ])
    func strings(text: String) throws {
        let line = Self.line(Record(["text": .text(text)]))
        let parsed = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(parsed["text"] == text)
    }
}
