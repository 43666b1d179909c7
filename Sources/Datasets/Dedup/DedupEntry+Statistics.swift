import Bytes
import Vdevs

extension DedupEntry {
    /// What the entry adds to its table's statistics.
    ///
    /// Mirrors `ddt_stat_generate` (`module/zfs/ddt_stats.c`).
    package func statistics(_ deflation: Deflation) -> DedupStatistics {
        var total = DedupStatistics()
        for variant in variants where variant.isInUse {
            let allocated = variant.addresses(encrypted: key.isEncrypted)
                .reduce(into: UInt64(0)) { $0.addClamped(deflation.charged($1)) }
            var own = DedupStatistics()
            own.blocks = 1
            own.logicalBytes = key.logicalSize
            own.physicalBytes = key.physicalSize
            own.allocatedBytes = allocated
            own.referencedBlocks = variant.references
            own.referencedLogicalBytes = key.logicalSize.timesClamped(variant.references)
            own.referencedPhysicalBytes = key.physicalSize.timesClamped(variant.references)
            own.referencedAllocatedBytes = allocated.timesClamped(variant.references)
            total.add(own)
        }
        return total
    }
}
