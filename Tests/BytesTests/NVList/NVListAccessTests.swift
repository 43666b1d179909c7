import Bytes
import Testing

@Suite struct NVListAccessTests {
    private let list = NVListFixture.list

    @Test func `a getter gives nothing for a missing name or another type`() {
        #expect(list.uint64("uint64") == 0xfedc_ba98_7654_3210)
        #expect(list.uint64("int64") == nil)
        #expect(list.uint64("missing") == nil)
        #expect(list.int64("int64") == -5_000_000_000)
        #expect(list.string("string") == "tanké")
        #expect(list.string("uint64") == nil)
        #expect(list.strings("strings") == ["a", "", "hello world"])
        #expect(list.uint64s("uint64s") == [.max, 1])
        #expect(list.bytes("bytes") == [1, 2, 3, 4, 255])
        #expect(list.bytes("uint8s") == [255, 0])
        #expect(list.list("vdev_tree")?.string("type") == "mirror")
        #expect(list.list("vdev_tree")?.lists("children")?.count == 2)
        #expect(list.guid("last") == GUID(42))
        #expect(list.txg("last") == TransactionGroup(42))
    }

    @Test func `a flag is a boolean, a truth value or a number`() {
        #expect(list.contains("boolean"))
        #expect(!list.contains("boolean_value"))
        #expect(list.flag("boolean") == true)
        #expect(list.flag("boolean_value") == true)
        #expect(list.flag("last") == true)
        #expect(list.flag("string") == nil)
    }

    @Test func `equal lists do not differ, in whatever order`() {
        var turned = list
        turned.pairs.reverse()
        #expect(list.differences(from: turned).isEmpty)
    }

    @Test func `differences have paths`() {
        let left: NVList = [
            "txg": .uint64(1), "name": .string("a"),
            "tree": .list(["children": .listArray([["id": .uint64(0)], ["id": .uint64(1)]])]),
        ]
        let right: NVList = [
            "txg": .uint64(2), "tree": .list(["children": .listArray([["id": .uint64(7)]])]),
            "new": .boolean,
        ]
        let found = left.differences(from: right, ignoring: ["txg"])
        #expect(found.map(\.path) == ["name", "tree.children[0].id", "tree.children[1]", "new"])
        #expect(found[0].left == .string("a") && found[0].right == nil)
        #expect(found[1].left == .uint64(0) && found[1].right == .uint64(7))
        #expect(found[2].left == .list(["id": .uint64(1)]) && found[2].right == nil)
        #expect(found[3].left == nil && found[3].right == .boolean)
    }

    @Test func `a record shows each pair, and numbers with the unit that is asked for`() {
        let list: NVList = [
            "asize": .uint64(4096), "id": .uint64(3), "big": .uint64(.max), "on": .boolean,
            "list": .list(["asize": .uint64(1)]),
        ]
        let record = list.record { name, value in name == "asize" ? .bytes(value) : nil }
        #expect(record["asize"] == .bytes(4096))
        #expect(record["id"] == .number(3))
        #expect(record["big"] == .word(.max))
        #expect(record["on"] == .flag(true))
        #expect(record["list"] == .record(Record(["asize": .bytes(1)])))
    }

    @Test func `names of types are ZFS's`() {
        #expect(NVType.listArray.description == "nvlist_array")
        #expect(NVType.double.description == "double")
        #expect(NVType(rawValue: 28).description == "nvpair type 28")
        #expect(NVType(rawValue: -1).description == "nvpair type -1")
        #expect(NVListFixture.list.pairs.count { $0.value.type.isKnown } == 28)
    }
}
