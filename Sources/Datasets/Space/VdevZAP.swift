package import Bytes
package import Objects
package import Vdevs

/// What the MOS keeps of one vdev besides its configuration, by name.
///
/// Mirrors the `VDEV_TOP_ZAP_*` and `VDEV_LEAF_ZAP_*` names (`include/sys/fs/zfs.h`).
package struct VdevZAP: Sendable {
    package let values: [String: ZAPValue]

    /// Names of entries that a repair writes.
    package enum Name {
        package static let checkpointMap = "com.delphix:pool_checkpoint_sm"
        package static let obsoleteMap = "com.delphix:indirect_obsolete_sm"
        package static let preciseCounts = "com.delphix:obsolete_counts_are_precise"
    }

    package init(_ values: [String: ZAPValue]) { self.values = values }

    /// Reads the ZAP of that object, empty where there is none; `what` names the vdev in notes.
    package init(_ object: UInt64?, _ meta: MetaObjects, _ what: String) {
        values = object.flatMap { $0 == 0 ? nil : meta.values(of: $0, "ZAP of \(what)") } ?? [:]
    }

    /// The array of txgs from which on the logs hold each metaslab's changes.
    package var unflushedTxgs: UInt64? { values["com.delphix:ms_unflushed_phys_txgs"]?.uint64 }
    /// The space map of what is only allocated for the checkpoint's sake.
    package var checkpointMap: UInt64? { values[Name.checkpointMap]?.uint64 }
    /// The space map of a removed vdev's mapped ranges that nothing refers to any more.
    package var obsoleteMap: UInt64? { values[Name.obsoleteMap]?.uint64 }
    package var obsoleteCountsArePrecise: Bool {
        values[Name.preciseCounts]?.uint64 == 1
    }
    /// 1 while a RAID-Z expansion runs, 2 when it has finished (`dsl_scan_state_t`).
    package var expansionState: UInt64? { values[Self.expansionStateName]?.uint64 }
    /// `VDEV_TOP_ZAP_RAIDZ_EXPAND_STATE`.
    package static let expansionStateName = "org.openzfs:raidz_expand_state"
    /// What that must be by the vdev's configuration; nil where it was never expanded.
    package static func expansionState(of config: VdevConfig) -> UInt64? {
        config.isExpanding ? 1 : config.expansionTxgs.isEmpty ? nil : 2
    }
    package var expansionStart: UInt64? { values["org.openzfs:raidz_expand_start_time"]?.uint64 }
    package var expansionEnd: UInt64? { values["org.openzfs:raidz_expand_end_time"]?.uint64 }
    package var expansionCopied: UInt64? { values["org.openzfs:raidz_expand_bytes_copied"]?.uint64 }

    /// What the vdev is for: by this ZAP, or for a log vdev by its configuration.
    package func allocationClass(of config: VdevConfig) -> AllocationClass {
        if config.isLog { return .log }
        return values["org.zfsonlinux:allocation_bias"]?.string
            .flatMap { AllocationClass(rawValue: $0) } ?? .normal
    }

    /// Everything that is there, by its name on disk.
    package var record: Record {
        var record = Record()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            record.add(name, value.recordValue)
        }
        return record
    }
}
