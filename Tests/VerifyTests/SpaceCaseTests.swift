import Bytes
import Datasets
import Devices
import TestSupport
import Testing
import Verify

/// Space maps damaged by hand, whose every checksum is right: the exact place must be found.
@Suite struct SpaceCaseTests {
    private func check(_ pool: Pool) throws -> SpaceCheckResult {
        try SpaceCheck(
            pool, SpaceCheckOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: Interruption()
        ).run()
    }

    /// How the recorded hints name what our codes say.
    private static let codes = [
        "spacemap.double-free": "spacemap.double-free",
        "spacemap.double-alloc": "spacemap.double-alloc",
        "spacemap.referenced-but-free": "spacemap.unprotected",
        "spacemap.leaked": "spacemap.leak",
        "spacemap.entry-out-of-bounds": "spacemap.out-of-bounds",
        "spacemap.entry-bad-vdev": "spacemap.foreign-vdev",
        "spacemap.histogram-mismatch": "spacemap.histogram",
        "spacemap.alloc-total-mismatch": "spacemap.alloc-total",
        "metaslab.spacemap-shared": "metaslab.shared-map",
        "blkptr.doubly-referenced": "block.claimed-twice",
    ]

    static let cases = [
        "basic-spacemap-double-free", "basic-log-spacemap-double-free",
        "basic-spacemap-double-alloc", "basic-spacemap-free-of-live-block",
        "basic-spacemap-leak", "basic-spacemap-entry-crosses-metaslab",
        "basic-spacemap-entry-of-other-vdev", "basic-spacemap-histogram",
        "basic-spacemap-total-wrong", "basic-metaslabs-share-a-map", "basic-two-files-one-block",
    ]

    @Test("what was damaged is found where it is", arguments: cases)
    func found(name: String) throws {
        let damaged = try DamagedPool(name)
        let result = try check(damaged.pool)
        let wanted = damaged.facts["must_report"].elements.filter { $0["optional"].isNull }
        #expect(!wanted.isEmpty)
        for fact in wanted {
            let hint = try #require(fact["code"].string)
            let code = try #require(Self.codes[hint], "\(hint)")
            #expect(
                result.problems.contains { $0.kind.code == code && matches($0.location, fact) },
                "\(hint)")
        }
    }

    private func matches(_ location: Location, _ fact: JSONValue) -> Bool {
        let address = fact["dvas"].elements.first ?? fact
        let keys: [(UInt64?, JSONValue)] = [
            (location.vdev, address["vdev"]), (location.metaslab, fact["metaslab"]),
            (location.object, fact["object"]), (location.offset, address["offset"]),
            (location.size, address["size"].isNull ? address["asize"] : address["size"]),
        ]
        return keys.allSatisfy { $1.isNull || $0 == $1.unsigned }
    }

    @Test func `the owner of unprotected space is named with its path`() throws {
        let damaged = try DamagedPool("basic-spacemap-free-of-live-block")
        let problem = try #require(try check(damaged.pool).problems.first)
        let victim = damaged.facts["victim"]
        let owner = try #require(problem.owners.first)
        #expect(problem.owners.count == 1)
        #expect(owner.dataset == victim["dataset"].string)
        #expect(owner.place.objectSet == victim["objset"].unsigned)
        #expect(owner.place.object == victim["object"].unsigned)
        #expect(owner.place.index == victim["blkid"].unsigned)
        #expect(owner.path == "/tiny")
    }

    @Test func `both owners of one block are named`() throws {
        let damaged = try DamagedPool("basic-two-files-one-block")
        let problem = try #require(
            try check(damaged.pool).problems.first { $0.kind == .blockClaimedTwice })
        #expect(Set(problem.owners.map(\.place.object)) == [53, 61])
    }

    @Test func `leaks are withheld where a subtree can't be read`() throws {
        let result = try check(try DamagedPool("basic-lz4-truncated-dnodes").pool)
        #expect(result.problems.contains { $0.kind == .decompressFailed })
        #expect(!result.problems.contains { $0.kind == .spacemapLeak })
        #expect(result.leaked == 0)
        #expect(result.unchecked.contains { $0.what.contains("leaked") })
    }

    @Test func `a run that is ended compares nothing and says so`() throws {
        let pool = try Pool.open(
            try #require(PoolFinder().find(in: [try TestPool.named("basic").unpack()]).pools.first))
        let interruption = Interruption()
        interruption.request()
        let result = try SpaceCheck(
            pool, SpaceCheckOptions(threadCount: 2), meter: ProgressMeter(),
            interruption: interruption
        ).run()
        #expect(result.isCancelled)
        #expect(result.problems.isEmpty)
        #expect(result.metaslabs.isEmpty)
    }
}
