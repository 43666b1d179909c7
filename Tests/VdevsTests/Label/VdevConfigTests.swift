import Bytes
import Testing
import Vdevs

@Suite struct VdevConfigTests {
    @Test func `what a damaged list lacks is nil`() {
        let config = VdevConfig([:])
        #expect(config.kind.rawValue.isEmpty)
        #expect(config.id == nil && config.guid == nil && config.path == nil)
        #expect(config.ashift == nil && config.asize == nil && config.dtl == nil)
        #expect(config.children.isEmpty && config.states.isEmpty && !config.isLog)
        #expect(config.parity == 0)
        #expect(config.record.entries.isEmpty)
    }

    @Test func `a value of another type is as good as missing`() {
        let config = VdevConfig([
            "type": .uint64(1), "guid": .string("7"), "children": .uint64(3),
            "ashift": .int64(9),
        ])
        #expect(config.guid == nil && config.ashift == nil && config.children.isEmpty)
    }

    @Test func `unknown kinds and names are kept`() {
        let config = VdevConfig(["type": .string("anyraid"), "new_key": .uint64(5)])
        #expect(config.kind.description == "anyraid")
        #expect(config.list.uint64("new_key") == 5)
        #expect(config.record["new_key"] == .number(5))
    }

    @Test func `an old RAID-Z that does not tell its parity has one`() {
        #expect(VdevConfig(["type": .string("raidz")]).parity == 1)
        #expect(VdevConfig(["type": .string("raidz"), "nparity": .uint64(3)]).parity == 3)
    }

    @Test func `flags are read as numbers and as booleans`() {
        let config = VdevConfig([
            "offline": .uint64(1), "faulted": .uint64(0), "removed": .uint64(1),
            "com.datto:resilver_defer": .boolean, "raidz_expanding": .boolean,
            "resilver_txg": .uint64(12),
        ])
        #expect(config.isOffline && !config.isFaulted && config.isRemoved)
        #expect(config.isExpanding)
        #expect(
            config.states == [
                "offline", "removed", "expanding", "resilvering", "resilver deferred",
            ])
    }

    @Test func `nodes are found in the tree`() {
        let config = VdevConfig([
            "type": .string("root"),
            "children": .listArray([
                [
                    "type": .string("mirror"), "guid": .uint64(1),
                    "children": .listArray([
                        ["type": .string("disk"), "guid": .uint64(2), "path": .string("/dev/a")],
                        ["type": .string("file"), "guid": .uint64(3)],
                    ]),
                ],
                ["type": .string("hole"), "guid": .uint64(0)],
            ]),
        ])
        #expect(config.leaves.map(\.guid) == [GUID(2), GUID(3)])
        #expect(config.node(GUID(2))?.name == "/dev/a")
        #expect(config.node(GUID(3))?.name == "file 3")
        #expect(config.node(GUID(9)) == nil)
        #expect(config.children.last?.isHole == true)
    }

    @Test func `nesting has a limit`() {
        var list: NVList = ["type": .string("disk")]
        for _ in 0..<100 { list = ["type": .string("mirror"), "children": .listArray([list])] }
        #expect(VdevConfig(list).all.count == 17)
    }

    @Test func `numbers are shown with their units`() {
        let record = VdevConfig([
            "guid": .uint64(7), "asize": .uint64(4096), "create_txg": .uint64(4),
            "is_log": .uint64(0), "whole_disk": .uint64(2), "ashift": .uint64(12),
        ]).record
        #expect(record["guid"] == .guid(GUID(7)))
        #expect(record["asize"] == .bytes(4096))
        #expect(record["create_txg"] == .txg(TransactionGroup(4)))
        #expect(record["is_log"] == .flag(false))
        #expect(record["whole_disk"] == .number(2))
        #expect(record["ashift"] == .number(12))
    }
}
