import Bytes
import Datasets
import Objects
import Vdevs

/// Charges what a repair writes and gives back to a DSL directory and all above it.
///
/// Mirrors `dsl_dir_diduse_space` and `dsl_dir_diduse_transfer_space` (`module/zfs/dsl_dir.c`): a directory that has
/// reserved more than it uses charges its parent nothing.
struct DirectoryCharge {
    let pool: Pool

    /// A tree of directories has no name for deeper ones.
    private static let deepest = 128

    /// The directory that the MOS's own space is charged to (`MOS_DIR_NAME`); nil where the pool has none.
    func metaDirectory() throws(RepairError) -> UInt64? {
        guard let root = pool.directory.object(.rootDataset) else { return nil }
        return try RepairError.pool { () throws(PoolError) in
            let map = try pool.meta.bonus(of: root, as: DSLDirectory.self).childMap
            return try pool.meta.zap(map).entries().first { $0.name == "$MOS" }?.uint64
        }
    }

    /// Charges the head of a directory for a balance.
    ///
    /// `charged` is what of it the directory's use changes, less where the head has reserved more than it uses.
    func charge(
        _ balance: SpaceBalance, used charged: Int64? = nil, to directory: UInt64,
        in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard balance != SpaceBalance() else { return }
        let own = charged ?? balance.used
        var (parent, delta) = try edit(directory, in: &meta, balance, used: own) { directory in
            directory.usedByReservation = directory.usedByReservation.changed(
                by: own &- balance.used)
            directory.usedByHead = directory.usedByHead.changed(by: balance.used)
        }
        var whole = own
        for _ in 0..<Self.deepest where parent != 0 {
            let (used, moved) = (delta, whole)
            (parent, delta) = try edit(parent, in: &meta, balance, used: used) { directory in
                directory.usedByChildReservations = directory.usedByChildReservations.changed(
                    by: used &- moved)
                directory.usedByChildren = directory.usedByChildren.changed(by: moved)
            }
            whole = used
        }
    }

    /// Moves what the head was charged to its snapshots (`dsl_dir_transfer_space`).
    func moveToSnapshots(
        _ used: Int64, of directory: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        _ = try edit(directory, in: &meta, SpaceBalance(), used: 0) { directory in
            directory.usedByHead = directory.usedByHead.changed(by: -used)
            directory.usedBySnapshots = directory.usedBySnapshots.changed(by: used)
        }
    }

    /// Changes one directory; returns its parent and what that is charged.
    private func edit(
        _ number: UInt64, in meta: inout ObjectSetDraft, _ balance: SpaceBalance, used: Int64,
        breakdown: (inout DSLDirectory) -> Void
    ) throws(RepairError) -> (parent: UInt64, delta: Int64) {
        let object = try meta.object(number)
        let (bonus, order) = (try object.bonus, object.order)
        var own = try RepairError.format(of: number) { () throws(FormatError) in
            try DSLDirectory(bonus.rawBytes, order)
        }
        let before = max(own.usedBytes, own.reserved)
        own.usedBytes = own.usedBytes.changed(by: used)
        own.compressedBytes = own.compressedBytes.changed(by: balance.compressed)
        own.uncompressedBytes = own.uncompressedBytes.changed(by: balance.uncompressed)
        let after = max(own.usedBytes, own.reserved)
        if own.flags & Self.keepsBreakdown != 0 { breakdown(&own) }
        let result = own
        try meta.edit(number) { object throws(RepairError) in
            try object.editBonus { bytes throws(FormatError) in
                try result.encode(into: &bytes, order)
            }
        }
        return (own.parent, Int64(clamping: after) &- Int64(clamping: before))
    }

    /// `DD_FLAG_USED_BREAKDOWN`.
    private static let keepsBreakdown: UInt64 = 1
}

extension UInt64 {
    /// The number after a change, never below 0.
    func changed(by delta: Int64) -> UInt64 {
        delta < 0 ? self - Swift.min(self, delta.magnitude) : self &+ delta.magnitude
    }
}
