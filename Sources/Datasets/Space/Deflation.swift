import Bytes
package import Vdevs

/// Turns space on vdevs into what a dataset is charged for it, which leaves out what RAID-Z spends on parity.
///
/// The share is that of a block of 128 KiB. Mirrors `vdev_set_deflate_ratio` (`module/zfs/vdev.c`) and
/// `dva_get_dsize_sync` (`module/zfs/spa_misc.c`).
package struct Deflation: Sendable {
    /// Bytes charged for each sector of 512 bytes, by the vdevs' numbers; 512 where nothing is left out.
    private let ratios: [UInt64]

    /// `isOn` is whether the object directory has the entry `deflate`, as since version 3.
    package init(_ vdevs: VdevTree, isOn: Bool) {
        let highest = vdevs.tops.map(\.id).max() ?? 0
        var ratios = [UInt64](repeating: 512, count: Int(highest) + 1)
        for top in vdevs.tops where isOn {
            let block: UInt64 = 1 << 17
            // As of txg 0, so the width before any expansion.
            let allocated = try? vdevs.allocatedSize(
                of: block, vdev: top.id, physicalBirth: TransactionGroup(0))
            guard let allocated, allocated >= 512 else { continue }
            ratios[Int(top.id)] = block / (allocated >> 9)
        }
        self.ratios = ratios
    }

    /// What `count` bytes on a vdev are charged as.
    package func charged(_ count: UInt64, on vdev: UInt32) -> UInt64 {
        guard Int(vdev) < ratios.count, ratios[Int(vdev)] != 512 else { return count }
        return (count >> 9).timesClamped(ratios[Int(vdev)])
    }

    /// What the space of an address is charged as.
    package func charged(_ dva: DVA) -> UInt64 { charged(dva.allocatedSize, on: dva.vdev) }

    /// What all copies of a block are charged as; nothing for one that is embedded (`bp_get_dsize_sync`).
    package func charged(_ pointer: BlockPointer) -> UInt64 {
        var sum: UInt64 = 0
        for index in 0..<pointer.copyLimit {
            // Sound: three numbers below 2^42, by the bits of an address.
            sum &+= charged(pointer.dva(index))
        }
        return sum
    }
}
