import Datasets
import Foundation
import TestSupport
import Testing
import Vdevs

/// The images of versions 1 to 15 that OpenZFS keeps for its own tests, in Debian's package zfs-test.
///
/// The other suites compare their pools with zdb, as they do all others.
@Suite(.enabled(if: TestPool.oldImages != nil, "the package zfs-test is not installed"))
struct OldImageTests {
    @Test func `all versions from 1 to 15 are there, and 999 is refused`() throws {
        let images = try #require(TestPool.oldImages)
        let pools = PoolFinder().find(in: [try images.unpack()]).pools
        // 27 pools of versions 1 to 15 on 50 images, one of an impossible version, one broken mirror.
        #expect(pools.count == 29)
        var versions: Set<UInt64> = []
        for candidate in pools {
            guard let version = candidate.identity.version else { continue }
            guard version != 999 else {
                #expect(throws: PoolError.version(999)) { try Pool.open(candidate) }
                #expect(candidate.obstacles.contains(.version(999)))
                continue
            }
            versions.insert(version)
        }
        #expect(versions == Set(1...15))
    }

    @Test func `a version that does not exist is refused with the reason`() throws {
        let folder = try #require(TestPool.oldImages).unpack()
        let answer = try Zinspect.run("dump", "\(folder)/zfs-pool-v999.dat")
        #expect(answer.status == 8)
        #expect(answer.errorText.contains("999"))
    }
}
