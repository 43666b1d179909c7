import Files
import Report
import Testing
import Vdevs

@Suite struct DumpTopicTests {
    @Test(
        "reads what the command line contract names",
        arguments: [
            ("config", .part(.config)), ("mos", .part(.mos)), ("tank", .dataset("tank")),
            ("tank/home@snap", .dataset("tank/home@snap")), ("objset:54", .dataset("objset:54")),
            ("mos#1", .object(dataset: "mos", number: 1)),
            ("tank/a#b#34", .object(dataset: "tank/a#b", number: 34)),
            ("tank/fs#mark", .dataset("tank/fs#mark")),
            ("tank/fs:/a/b:/c", .path(PoolItem(dataset: "tank/fs", part: .path("/a/b:/c")))),
            (
                "tank:/file#5", .path(PoolItem(dataset: "tank", part: .path("/file#5")))
            ),
            (
                "0:224e000:200",
                .block(BlockAddress(vdev: 0, offset: 0x224e000, allocatedSize: 0x200))
            ),
            (
                "<0:0x224e000:0x200>",
                .block(BlockAddress(vdev: 0, offset: 0x224e000, allocatedSize: 0x200))
            ),
        ] as [(String, DumpTopic)])
    func topics(text: String, topic: DumpTopic) {
        #expect(DumpTopic(text) == topic)
    }

    @Test(
        "refuses what can be nothing, such as an address that is no whole number of sectors",
        arguments: ["", "two words", "#5", ":/path", "0:201:200", "0:200:0", "0:0:200000000"])
    func refused(text: String) {
        #expect(DumpTopic(text) == nil)
    }

    @Test("what is no address may be a dataset", arguments: ["0:zz:200", "99999999:0:200"])
    func notABlock(text: String) {
        #expect(DumpTopic(text) == .dataset(text))
    }
}
