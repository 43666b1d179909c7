import Bytes
import Datasets
import Devices
import Foundation
import TestSupport
import Testing

@Suite struct PoolSelectorTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `a device means its pool, with the devices beside it`() throws {
        for path in try TestPool.named("raidz1").devicePaths() {
            let pool = try PoolSelector().select(path)
            #expect(pool.name == "rz1")
            #expect(pool.members.count == 4)
            #expect(pool.health == .online)
        }
    }

    @Test func `a device in a folder with other pools means its own pool`() throws {
        let path = try #require(TestPool.named("split").devicePaths().last)
        #expect(try PoolSelector().select(path).name == "splitoff")
    }

    @Test func `a folder means the pool in it`() throws {
        #expect(try PoolSelector().select(TestPool.named("mirror").unpack()).name == "mir3")
    }

    @Test func `a folder with two pools is an error that lists both`() throws {
        let path = try TestPool.named("split").unpack()
        let message = complaint(PoolSelector(), path)
        #expect(message.hasPrefix("\(path) holds 2 pools: split (GUID "))
        #expect(message.contains("), splitoff (GUID "))
        #expect(message.hasSuffix("name one of them and the folder with --search"))
    }

    @Test func `a name or a GUID is looked up in the folders searched`() throws {
        let selector = PoolSelector(search: [
            try TestPool.named("split").unpack(), try TestPool.named("mirror").unpack(),
        ])
        let pool = try selector.select("splitoff")
        #expect(pool.name == "splitoff")
        #expect(try selector.select(pool.guid.description).guid == pool.guid)
        let message = complaint(selector, "tank")
        #expect(message.hasPrefix("there is no file tank here and no pool tank in "))
        #expect(message.contains("; found: mir3 (GUID "))
    }

    @Test func `a name in a zpool cache file finds the devices that the file names`() throws {
        let home = try TestPool.named("cachefile").unpack()
        let cache = "\(home)/zpool.cache"
        let names = ["apple", "birch", "cedar"]
        for name in names {
            // The file names the folder in which the pools were made, so their new one is searched too.
            let pool = try PoolSelector(search: [home], cacheFile: cache).select(name)
            #expect(pool.name == name)
            #expect(pool.missing.isEmpty)
        }
        let message = complaint(PoolSelector(cacheFile: cache), "tank")
        #expect(message.hasPrefix("\(cache) lists no pool tank; it lists "))
        for name in names { #expect(message.contains(name)) }
        #expect(
            complaint(PoolSelector(cacheFile: cache), "birch")
                .hasPrefix("none of the devices of birch is where \(cache) says"))
    }

    @Test func `a file that is no zpool cache is told`() throws {
        let text = try folder.write("cache", Array("not a cache\n".utf8))
        #expect(
            complaint(PoolSelector(cacheFile: text), "tank").contains("is not a zpool.cache file"))
    }

    @Test func `two pools of one name are an error that lists both GUIDs`() throws {
        let one = try TestPool.named("basic").copy(to: "\(folder.path)/one")
        let two = try TestPool.named("v28").copy(to: "\(folder.path)/two")
        let device = try #require(
            FileManager.default.contentsOfDirectory(atPath: two).sorted().first)
        for file in try FileManager.default.contentsOfDirectory(atPath: two) {
            try LabelEditor.edit("\(two)/\(file)") {
                LabelEditor.set("name", .string("basic"), in: &$0)
            }
        }
        let selector = PoolSelector(search: [one, two])
        let message = complaint(selector, "basic")
        #expect(message.hasPrefix("2 pools are called basic: basic (GUID "))
        #expect(message.hasSuffix("give the GUID instead of the name"))
        // The path of a device leaves no doubt.
        let pool = try PoolSelector().select("\(two)/\(device)")
        #expect(try selector.select(pool.guid.description).guid == pool.guid)
    }

    @Test func `what stands in the place of a missing device is told`() throws {
        let home = try TestPool.named("raidz1").copy(to: folder.path)
        let files = try FileManager.default.contentsOfDirectory(atPath: home).sorted()
        let first = "\(home)/\(files[0])"
        let second = "\(home)/\(files[1])"
        try FileManager.default.removeItem(atPath: first)
        try Data(repeating: 0, count: 1 << 20).write(to: URL(fileURLWithPath: first))
        let pool = try PoolSelector().select(second)
        #expect(pool.health == .degraded)
        #expect(
            pool.missing.map(\.instead) == [
                "\(first) has no ZFS label: it holds nothing but zeros at its start and end"
            ])
    }

    @Test func `half the devices of a mirror are enough, half of a stripe are not`() throws {
        let home = try TestPool.named("stripe").copy(to: folder.path)
        try FileManager.default.removeItem(atPath: "\(home)/a0")
        let pool = try PoolSelector().select(home)
        #expect(pool.health == .unavailable)
        #expect(
            pool.obstacles.map(\.description) == [
                "no device found belongs to top-level vdev 0"
            ])
    }

    /// What the selector complains of.
    private func complaint(_ selector: PoolSelector, _ text: String) -> String {
        do {
            return "found \(try selector.select(text).title)"
        } catch {
            return error.description
        }
    }
}
