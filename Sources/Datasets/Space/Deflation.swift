import Bytes
package import Vdevs

/// Turns space on vdevs into what a dataset is charged for it, which leaves out what RAID-Z spends on parity.
///
/// The share is that of a block of 128 KiB. Mirrors `vdev_set_deflate_ratio` (`module/zfs/vdev.c`) and
/// `dva_get_dsize_sync` (`module/zfs/spa_misc.c`).
package struct Deflation: Sendable {
    /// Bytes charged for each sector of 512 bytes, by vdev; empty where the pool does not deflate.
    private let ratios: [UInt32: UInt64]

    /// `isOn` is whether the object directory has the entry `deflate`, as since version 3.
    package init(_ vdevs: VdevTree, isOn: Bool) {
        var ratios: [UInt32: UInt64] = [:]
        for top in vdevs.tops where isOn {
            let block: UInt64 = 1 << 17
            // As of txg 0, so the width before any expansion.
            let allocated = try? vdevs.allocatedSize(
                of: block, vdev: top.id, physicalBirth: TransactionGroup(0))
            guard let allocated, allocated >= 512 else { continue }
            ratios[top.id] = block / (allocated >> 9)
        }
        self.ratios = ratios
    }

    /// What `count` bytes on a vdev are charged as.
    package func charged(_ count: UInt64, on vdev: UInt32) -> UInt64 {
        guard let ratio = ratios[vdev] else { return count }
        return (count >> 9).timesClamped(ratio)
    }

    /// What the space of an address is charged as.
    package func charged(_ dva: DVA) -> UInt64 { charged(dva.allocatedSize, on: dva.vdev) }
}
