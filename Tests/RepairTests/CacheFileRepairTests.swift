import Bytes
import Datasets
import Devices
import Foundation
import Repair
import TestSupport
import Testing
import Vdevs
import Verify

/// zpool.cache files made anew: what `verify` and zdb say of them, and that the old one is kept.
@Suite struct CacheFileRepairTests {
    private func problems(_ path: String, _ pool: Pool) throws -> [String] {
        try CacheFileVerifier(path, DeviceOpener()).run([pool.candidate], only: pool.guid)
            .problems.filter { $0.kind != .cacheFileState }.map(\.kind.code)
    }

    @Test func `a file that is not there is made, and zdb opens the pool by it`() throws {
        let copy = try PoolCopy("logspacemap")
        let pool = try copy.open()
        let folder = try ScratchFolder()
        let path = "\(folder.path)/zpool.cache"
        let repair = try #require(try CacheFileRepair(path, of: pool, DeviceOpener()))
        #expect(try repair.write() == nil)
        #expect(try problems(path, pool) == [])
        #expect(try CacheFileRepair(path, of: pool, DeviceOpener()) == nil)
        if let zdb = try Zdb.run("-U", path, "-d", pool.name) {
            #expect(zdb.status == 0, "\(zdb.text) \(zdb.errorText)")
        }
    }

    @Test func `the entry of one pool is made anew and those of others stay as they are`() throws {
        let copy = try PoolCopy("cachefile")
        let found = PoolFinder().find(in: [copy.path]).pools
        let pool = try Pool.open(try #require(found.first { $0.name == "apple" }))
        let path = "\(copy.path)/zpool.cache"
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let old = try CacheFile(bytes.rawBytes)
        let place = try #require(bytes.firstRange(of: Array("/share/cachefile/a0".utf8)))
        bytes[place.lowerBound + 3] = 0
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        #expect(try problems(path, pool).contains("nvlist.embedded-nul"))
        let repair = try #require(try CacheFileRepair(path, of: pool, DeviceOpener()))
        #expect(repair.action.losses == [])
        let kept = try #require(try repair.write())
        #expect([UInt8](try Data(contentsOf: URL(fileURLWithPath: kept))) == bytes)
        #expect(try problems(path, pool) == [])
        let written = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        #expect(NVList.refusal(written.rawBytes) == nil)
        let new = try CacheFile(written.rawBytes)
        for name in ["birch", "cedar"] {
            #expect(
                new.pools.first { $0.name == name }?.list
                    == old.pools.first { $0.name == name }?.list)
        }
        let entry = try #require(new.pools.first { $0.name == "apple" })
        #expect(entry.identity.poolGUID == pool.guid)
        #expect(entry.vdevTree?.leaves.map(\.path) == ["\(copy.path)/a0"])
    }
}
