package import Bytes

/// How much space a pool's datasets can have together, in the bytes that datasets are charged.
///
/// Mirrors `spa_update_dspace` and `spa_get_slop_space` (`module/zfs/spa_misc.c`) and `dsl_pool_adjustedsize`
/// (`module/zfs/dsl_pool.c`) with the settings that OpenZFS has by default.
package struct PoolSpace: Sendable, Hashable {
    /// What the normal vdevs hold.
    package let size: UInt64
    /// What other classes of vdevs, dedup and cloning add.
    package let gained: UInt64
    /// What is kept free so that deleting always works.
    package let slop: UInt64
    /// What only the checkpoint and deferred frees take.
    package let withheld: UInt64

    /// What the datasets can have in all.
    package var usable: UInt64 {
        let (total, overflow) = size.addingReportingOverflow(gained)
        let reserved = slop.addingReportingOverflow(withheld)
        guard !overflow, !reserved.overflow, total > reserved.partialValue else { return 0 }
        return total - reserved.partialValue
    }

    package var record: Record {
        Record([
            "size": .bytes(size), "gained": .bytes(gained), "slop": .bytes(slop),
            "withheld": .bytes(withheld), "usable": .bytes(usable),
        ])
    }
}
