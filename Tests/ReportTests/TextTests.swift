import Bytes
import Report
import Testing

@Suite struct TextTests {
    private let plain = Paint(isOn: false)

    @Test func `names are aligned and nested records move in`() {
        let record = Record([
            "pool_guid": .guid(GUID(12)), "txg": .txg(TransactionGroup(90)),
            "vdev_tree": .record(Record(["type": "file"])),
            "children": .list([.record(Record(["id": .number(0)]))]),
        ])
        #expect(
            TextRenderer(paint: plain).lines(record) == [
                "pool guid  12", "txg        90", "vdev tree", "    type  file", "children[0]",
                "    id  0",
            ])
    }

    @Test func `tables set numbers flush right and leave out empty columns`() {
        let rows = [
            Record(["name": "a", "used": .bytes(1024), "rare": .none]),
            Record(["name": "long", "used": .bytes(8_251_904)]),
        ]
        let table = Table([Column("name"), Column("used"), Column("rare")])
        #expect(
            table.lines(rows, paint: plain) == [
                "NAME   USED", "a        1K", "long  7.87M",
            ])
    }

    @Test func `names from a pool can't steer the terminal`() {
        #expect(Record.Value.text("a\u{1b}[2Jb\u{202e}").text == "a\\x1b[2Jb\\x202e")
    }

    @Test func `a column can reach into a nested record`() {
        let row = Record(["space": .record(Record(["used": .bytes(512)]))])
        #expect(Column("space.used").value(in: row) == .bytes(512))
        #expect(Column("space.free").value(in: row) == nil)
    }
}
