import Bytes
import Datasets
import Devices
import Foundation
import TestSupport
import Testing
import Vdevs

/// What is expected here stands in the pools' recorded facts, which come from OpenZFS's own tools.
@Suite struct PoolFinderTests {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("finds each pool as OpenZFS shows it", arguments: TestPool.all)
    func pool(archive: TestPool) throws {
        let facts = try #require(try archive.facts())
        let findings = PoolFinder().find(in: [try archive.unpack()])
        let expected = facts["pools"].members
        #expect(findings.pools.map(\.name) == expected.keys.sorted())
        for pool in findings.pools {
            let truth = try #require(expected[pool.name])
            let config = truth["config"]
            #expect(pool.guid.rawValue == config["pool_guid"].unsigned)
            #expect(pool.identity.version == config["version"].unsigned)
            #expect(pool.identity.hostname == config["hostname"].string)
            #expect(pool.newestUberblock?.txg.rawValue == truth["uberblock"]["txg"].unsigned)
            #expect(
                pool.newestUberblock?.timestamp == truth["uberblock"]["timestamp"].unsigned)
            #expect(leaves(pool.root) == leaves(config["vdev_tree"]))
            let completed = pool.completed(by: tree(config["vdev_tree"]))
            #expect(completed.health.rawValue == Self.degraded[pool.name] ?? "ONLINE")
            #expect(completed.obstacles.filter(\.isFinal).isEmpty)
        }
    }

    /// What `zpool status` says of the pools that are not ONLINE.
    private static let degraded = [
        "rz2": "DEGRADED", "rz3": "DEGRADED", "hotspare": "DEGRADED", "drs": "DEGRADED",
    ]

    @Test func `names the devices that are missing`() throws {
        let findings = PoolFinder().find(in: [try TestPool.named("raidz2").unpack()])
        let pool = try #require(findings.pools.first)
        #expect(pool.missing.map(\.name) == ["/share/raidz2/d1"])
        #expect(pool.missing.map(\.guid) == [GUID(13_605_761_983_511_859_317)])
        #expect(pool.members.count == 4)
    }

    @Test func `tells spares and cache devices apart from members`() throws {
        let findings = PoolFinder().find(in: [try TestPool.named("classes").unpack()])
        #expect(names(findings.spares) == ["hs0", "hs1"])
        #expect(names(findings.caches) == ["ca0"])
        let pool = try #require(findings.pools.first)
        #expect(pool.members.count == 7)
        #expect(pool.devices.count == 10)
    }

    @Test func `finds the pool inside the partitions of whole disks`() throws {
        let findings = PoolFinder().find(in: [try TestPool.named("gpt").unpack()])
        let pool = try #require(findings.pools.first)
        #expect(pool.health == .online)
        #expect(pool.members.allSatisfy { $0.name.hasSuffix("(partition 1)") })
    }

    @Test(
        "judges a pool by its redundancy", arguments: [("raidz1", 1), ("mirror", 2), ("draid2", 2)])
    func redundancy(name: String, tolerated: Int) throws {
        let paths = try TestPool.named(name).devicePaths()
        for lost in 1...min(paths.count - 1, tolerated + 1) {
            let findings = PoolFinder().find(in: Array(paths.dropLast(lost)))
            let pool = try #require(findings.pools.first)
            #expect(pool.missing.count == lost)
            #expect(pool.health == (lost <= tolerated ? .degraded : .unavailable))
            #expect(pool.obstacles.filter(\.isFinal).isEmpty == (lost <= tolerated))
        }
    }

    @Test func `a top-level vdev of which nothing is there is told by its number`() throws {
        let paths = try TestPool.named("stripe").devicePaths()
        let pool = try #require(PoolFinder().find(in: Array(paths.dropFirst())).pools.first)
        #expect(pool.health == .unavailable)
        #expect(pool.obstacles == [.vdevsUnknown([0])])
    }

    @Test func `a pool without its log devices can be imported`() throws {
        let paths = try TestPool.named("classes").devicePaths().filter { !$0.contains("/lg") }
        let found = try #require(PoolFinder().find(in: paths).pools.first)
        let facts = try #require(try TestPool.named("classes").facts())
        let pool = found.completed(by: tree(facts["pools"]["classes"]["config"]["vdev_tree"]))
        #expect(pool.health == .degraded)
        #expect(pool.obstacles == [.logMissing(vdevs: ["mirror-3"])])
    }

    @Test func `a device that was cut short is told to be truncated`() throws {
        let path = try copy("basic")
        try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 40 << 20)
        let pool = try #require(PoolFinder().find(in: [folder.path]).pools.first)
        let notes = try #require(pool.members.first?.notes)
        #expect(
            notes.contains(
                "the device is truncated: it has 41943040 bytes, and its label tells of at least "
                    + "55050240"))
    }

    @Test func `two copies of a device are told, and one is used`() throws {
        let path = try copy("basic")
        try FileManager.default.copyItem(atPath: path, toPath: "\(path)-copy")
        let pool = try #require(PoolFinder().find(in: [folder.path]).pools.first)
        #expect(pool.members.map(\.name) == [path])
        #expect(
            pool.notes.map(\.text) == [
                "\(path)-copy (label of txg 90) claims to be the same device as \(path) (txg 90); "
                    + "the latter is used"
            ])
    }

    @Test func `two pools of one name are told apart by their GUIDs`() throws {
        let path = try copy("basic")
        let other = "\(folder.path)/other"
        try FileManager.default.copyItem(
            atPath: #require(TestPool.named("v28").devicePaths().first), toPath: other)
        try LabelEditor.edit(other) { LabelEditor.set("name", .string("basic"), in: &$0) }
        let findings = PoolFinder().find(in: [path, other])
        #expect(findings.pools.map(\.name) == ["basic", "basic"])
        for (pool, twin) in zip(findings.pools, findings.pools.reversed()) {
            #expect(pool.obstacles.contains(.sameName([twin.guid])))
        }
    }

    @Test func `labels of another pool on a device are told`() throws {
        let path = try copy("basic")
        try LabelEditor.edit(path, labels: [0, 1]) { list in
            LabelEditor.set("name", .string("xxxxx"), in: &list)
            LabelEditor.set("pool_guid", .uint64(77), in: &list)
        }
        let findings = PoolFinder().find(in: [path])
        let pool = try #require(findings.pools.first)
        #expect(pool.name == "basic")
        #expect(
            pool.members.first?.notes == [
                "labels 0, 1 belong to another pool, xxxxx (GUID 77)"
            ])
    }

    @Test func `a pool of an unknown version or with unknown features is told why`() throws {
        let path = try copy("basic")
        try LabelEditor.edit(path) { list in
            LabelEditor.set("version", .uint64(999), in: &list)
            LabelEditor.set(
                "features_for_read", .list(["org.example:telepathy": .boolean]), in: &list)
        }
        let pool = try #require(PoolFinder().find(in: [path]).pools.first)
        #expect(
            pool.obstacles == [
                .version(999), .unknownFeatures(["org.example:telepathy"]),
            ])
    }

    @Test(
        "says what state of the pool needs an option of zpool import",
        arguments: [(0, "zpool import -f"), (2, "zpool import -D")])
    func states(state: UInt64, advice: String) throws {
        let path = try copy("basic")
        try LabelEditor.edit(path) { LabelEditor.set("state", .uint64(state), in: &$0) }
        let pool = try #require(PoolFinder().find(in: [path]).pools.first)
        #expect(pool.obstacles.count == 1)
        #expect(pool.obstacles.first?.description.contains(advice) == true)
        #expect(pool.obstacles.first?.isFinal == false)
    }

    @Test func `a pool without a readable uberblock is told so`() throws {
        let path = try copy("basic")
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        for label in 0..<4 {
            let start = try #require(LabelPart.labelOffset(label, deviceSize: 64 << 20))
            try handle.seek(toOffset: start + (128 << 10))
            try handle.write(contentsOf: Data(repeating: 0x5a, count: 128 << 10))
        }
        let pool = try #require(PoolFinder().find(in: [path]).pools.first)
        #expect(pool.obstacles == [.noUberblock])
    }

    @Test func `an older label of the same vdev is called stale`() throws {
        _ = try copy("mirror")
        let paths = try #require(try? FileManager.default.contentsOfDirectory(atPath: folder.path))
        let last = "\(folder.path)/\(try #require(paths.max()))"
        try LabelEditor.edit(last) { LabelEditor.set("txg", .uint64(5), in: &$0) }
        let pool = try #require(PoolFinder().find(in: [folder.path]).pools.first)
        #expect(pool.members.filter(\.isStale).map(\.name) == [last])
    }

    /// Copies a pool's devices to the test's folder and gives the first of them.
    private func copy(_ name: String) throws -> String {
        var copies: [String] = []
        for path in try TestPool.named(name).devicePaths() {
            let copy = "\(folder.path)/\(URL(fileURLWithPath: path).lastPathComponent)"
            try Command.run("cp", "--sparse=always", path, copy)
            copies.append(copy)
        }
        return try #require(copies.first)
    }

    private func names(_ devices: [FoundDevice]) -> [String] {
        devices.map { URL(fileURLWithPath: $0.name).lastPathComponent }
    }

    private func leaves(_ config: VdevConfig) -> [UInt64] {
        config.leaves.compactMap(\.guid?.rawValue)
    }

    /// The GUIDs of the leaves of a recorded tree.
    private func leaves(_ tree: JSONValue) -> [UInt64] {
        let children = tree["children"].elements
        if !children.isEmpty { return children.flatMap(leaves) }
        let kinds = ["disk", "file", "dspare"]
        guard kinds.contains(tree["type"].string ?? "") else { return [] }
        return [tree["guid"].unsigned].compactMap { $0 }
    }

    /// A recorded tree as a configuration.
    private func tree(_ tree: JSONValue) -> VdevConfig {
        VdevConfig(list(tree))
    }

    private func list(_ value: JSONValue) -> NVList {
        var pairs: [NVPair] = []
        for (name, member) in value.members.sorted(by: { $0.key < $1.key }) {
            switch member {
            case .unsigned(let number): pairs.append(NVPair(name, .uint64(number)))
            case .string(let text): pairs.append(NVPair(name, .string(NVString(text))))
            case .array(let elements) where name == "children":
                pairs.append(NVPair(name, .listArray(elements.map(list))))
            default: break
            }
        }
        return NVList(pairs)
    }
}
