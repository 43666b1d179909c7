import Blocks
import Bytes
import Datasets
import Devices
import Objects
import TestSupport
import Testing
import Vdevs

/// What is written for a block must be what ZFS wrote for it: the same bytes in the same places, parity included.
@Suite struct WriteLayoutTests {
    @Test(
        "every side and column of real blocks would be written as ZFS wrote it",
        arguments: [
            "basic", "mirror", "raidz1", "raidz2", "raidz3", "draid2", "expanded", "stripe",
            "new-draid2",
        ])
    func matches(name: String) throws {
        let pool = try Pool.open(
            try #require(PoolFinder().find(in: [try TestPool.named(name).unpack()]).pools.first))
        var pointers: [BlockPointer] = []
        pool.meta.set.forEachDnode { visit in
            guard case .object(let object) = visit else { return }
            object.forEachBlockPointer { step in
                if case .pointer(let pointer, _, _) = step { pointers.append(pointer) }
            }
        }
        // What was taken offline missed writes.
        let current = Set(pool.rootConfig.leaves.filter { !$0.isOffline }.compactMap(\.guid))
        var compared = 0
        for pointer in pointers where !pointer.isEmbedded && !pointer.isGang {
            let stored = try pool.reader.readStored(pointer).bytes
            for copy in 0..<3 where pointer.hasCopy(copy) {
                let writes = try pool.vdevs.writes(
                    of: stored, at: pointer.dva(copy), birth: pointer.physicalBirth)
                for write in writes where current.contains(write.device) {
                    guard let device = pool.candidate.devices[write.device] else { continue }
                    let found = try device.read(
                        at: write.patch.offset, count: write.patch.bytes.count)
                    #expect(found == write.patch.bytes, "\(pointer.dva(copy))")
                    compared += 1
                }
            }
        }
        #expect(compared > 40)
    }
}
