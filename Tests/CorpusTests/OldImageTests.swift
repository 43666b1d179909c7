import Datasets
import Foundation
import TestSupport
import Testing
import Vdevs

/// The images of versions 1 to 15 that OpenZFS keeps for its own tests, in Debian's package zfs-test.
@Suite(.enabled(if: OldImages.areInstalled, "the package zfs-test is not installed"))
struct OldImageTests {
    @Test func `every pool of the old images opens and lists its datasets, and 999 is refused`()
        throws
    {
        let pools = PoolFinder().find(in: [try OldImages.folder.get()]).pools
        // 27 pools of versions 1 to 15 on 50 images, one of an impossible version, one broken mirror.
        #expect(pools.count == 29)
        var versions: Set<UInt64> = []
        for candidate in pools {
            guard let version = candidate.identity.version else { continue }
            if version == 999 {
                #expect(throws: PoolError.version(999)) { try Pool.open(candidate) }
                #expect(candidate.obstacles.contains(.version(999)))
                continue
            }
            let pool = try Pool.open(candidate)
            #expect(pool.version == version)
            #expect(try !pool.datasets().datasets.isEmpty, "\(pool.name)")
            #expect(!pool.notes.hasDamage, "\(pool.name): \(pool.notes.all)")
            versions.insert(version)
        }
        #expect(versions == Set(1...15))
    }
}

/// The images, expanded once and kept beside the unpacked pools.
private enum OldImages {
    static let packed =
        "/usr/share/zfs/zfs-tests/tests/functional/cli_root/zpool_upgrade/blockfiles"

    static var areInstalled: Bool { FileManager.default.fileExists(atPath: packed) }

    static let folder = Result { () throws -> String in
        let files = FileManager.default
        let place = "\(Project.cache)/old-images"
        if files.fileExists(atPath: place) { return place }
        let temporary = "\(place).\(ProcessInfo.processInfo.processIdentifier)"
        try files.createDirectory(atPath: temporary, withIntermediateDirectories: true)
        for name in try files.contentsOfDirectory(atPath: packed).sorted() {
            guard name.hasSuffix(".bz2") else { continue }
            // Sparse, since the images are 3 GB of mostly zeros.
            try Command.run(
                "sh", "-c", "bzip2 -dc \"$1\" | dd conv=sparse bs=64k of=\"$2\" status=none", "sh",
                "\(packed)/\(name)", "\(temporary)/\(name.dropLast(8))")
        }
        try files.moveItem(atPath: temporary, toPath: place)
        return place
    }
}
