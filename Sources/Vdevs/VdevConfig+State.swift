package import Bytes

/// Roles, objects in the MOS, and the state of a device.
extension VdevConfig {
    package var isLog: Bool { list.flag(ConfigKey.isLog) ?? false }
    /// A log vdev that was removed and left its number behind.
    package var isHole: Bool { kind == .hole || list.flag(ConfigKey.isHole) ?? false }
    package var isSpare: Bool { list.flag(ConfigKey.isSpare) ?? false }
    /// `log`, `special` or `dedup`. Only configurations that a running system reports tell it; on disk
    /// it stands in the ZAP of the top-level vdev.
    package var allocationBias: String? { list.string(ConfigKey.allocationBias) }
    /// No new blocks may go here (`non_allocating`).
    package var isNonAllocating: Bool { list.flag(ConfigKey.nonAllocating) ?? false }
    package var isWholeDisk: Bool { list.flag(ConfigKey.wholeDisk) ?? false }
    package var isRotational: Bool? { list.flag(ConfigKey.rotational) }

    package var deviceID: String? { list.string(ConfigKey.deviceID) }
    package var physicalPath: String? { list.string(ConfigKey.physicalPath) }
    package var enclosurePath: String? { list.string(ConfigKey.enclosurePath) }
    package var fru: String? { list.string(ConfigKey.fru) }

    /// The ZAP of this leaf in the MOS; only the MOS tells it.
    package var leafZAP: UInt64? { list.uint64(ConfigKey.leafZAP) }
    /// The ZAP of this top-level vdev in the MOS; only the MOS tells it.
    package var topZAP: UInt64? { list.uint64(ConfigKey.topZAP) }
    /// The ZAP of the root vdev in the MOS; only the MOS tells it.
    package var rootZAP: UInt64? { list.uint64(ConfigKey.rootZAP) }
    /// The space map of txgs that this leaf missed.
    package var dtl: UInt64? { list.uint64(ConfigKey.dtl) }
    package var createTxg: TransactionGroup? { list.txg(ConfigKey.createTxg) }
    /// When the device last grew, in seconds since 1970.
    package var expansionTime: UInt64? { list.uint64(ConfigKey.expansionTime) }

    package var isOffline: Bool { list.flag(ConfigKey.offline) ?? false }
    package var isFaulted: Bool { list.flag(ConfigKey.faulted) ?? false }
    package var isDegraded: Bool { list.flag(ConfigKey.degraded) ?? false }
    package var isRemoved: Bool { list.flag(ConfigKey.removed) ?? false }
    package var isNotPresent: Bool { list.flag(ConfigKey.notPresent) ?? false }
    /// The spare is to be detached when the resilver is done.
    package var isUnspare: Bool { list.flag(ConfigKey.unspare) ?? false }
    /// Why it is faulted or degraded: `external` or `err_exceeded`.
    package var auxiliaryState: String? { list.string(ConfigKey.auxiliaryState) }
    /// The txg from which this leaf is being resilvered.
    package var resilverTxg: TransactionGroup? { list.txg(ConfigKey.resilverTxg) }
    /// The txg from which this leaf is being rebuilt sequentially.
    package var rebuildTxg: TransactionGroup? { list.txg(ConfigKey.rebuildTxg) }
    package var isResilverDeferred: Bool { list.flag(ConfigKey.resilverDeferred) ?? false }
    /// The GUID before a split of the pool.
    package var originalGUID: GUID? { list.guid(ConfigKey.originalGUID) }

    /// The states that are set, in ZFS's words, for one line of text.
    package var states: [String] {
        var states: [String] = []
        if isOffline { states.append("offline") }
        if isFaulted { states.append("faulted") }
        if isDegraded { states.append("degraded") }
        if isRemoved { states.append("removed") }
        if isNotPresent { states.append("not present") }
        if isRemoving { states.append("removing") }
        if isExpanding { states.append("expanding") }
        if resilverTxg != nil { states.append("resilvering") }
        if rebuildTxg != nil { states.append("rebuilding") }
        if isResilverDeferred { states.append("resilver deferred") }
        if isUnspare { states.append("to be detached") }
        if isNonAllocating { states.append("not allocating") }
        return states
    }
}
