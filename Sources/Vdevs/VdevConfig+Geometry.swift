package import Bytes

/// What reading and allocating need to know.
extension VdevConfig {
    /// Binary logarithm of the smallest unit of allocation, in bytes; told by top-level vdevs.
    package var ashift: UInt64? { list.uint64(ConfigKey.ashift) }
    /// Bytes that can be allocated, on all children together; told by top-level vdevs and spares.
    package var asize: UInt64? { list.uint64(ConfigKey.asize) }
    /// The smallest allocation in bytes, parity included (`min_alloc`); since OpenZFS 2.4.
    package var minimumAllocation: UInt64? { list.uint64(ConfigKey.minimumAllocation) }
    /// The MOS object with the space map numbers of the metaslabs (`metaslab_array`).
    package var metaslabArray: UInt64? { list.uint64(ConfigKey.metaslabArray) }
    /// Binary logarithm of a metaslab's size in bytes.
    package var metaslabShift: UInt64? { list.uint64(ConfigKey.metaslabShift) }
    /// Whether a top-level vdev has been cut into metaslabs.
    ///
    /// One that was added has none until a later group, so a pool that lost power in between has such a vdev: the next import
    /// goes on with it. Mirrors `spa_vdev_add` (`module/zfs/spa.c`) and `vdev_metaslab_init` (`module/zfs/vdev.c`).
    package var isInitialized: Bool { metaslabArray != 0 || metaslabShift != 0 }

    /// Parity columns: 1 where an old RAID-Z does not say, 0 for other kinds.
    package var parity: UInt64 {
        list.uint64(ConfigKey.parity) ?? (kind == .raidz || kind == .draid ? 1 : 0)
    }
    /// A child was added to this RAID-Z and the copying goes on.
    package var isExpanding: Bool { list.flag(ConfigKey.raidzExpanding) ?? false }
    /// One txg for each finished expansion of this RAID-Z, in order.
    package var expansionTxgs: [TransactionGroup] {
        (list.uint64s(ConfigKey.raidzExpansionTxgs) ?? []).map(TransactionGroup.init(_:))
    }

    /// Data columns in a group of this dRAID.
    package var draidData: UInt64? { list.uint64(ConfigKey.draidData) }
    package var draidSpares: UInt64? { list.uint64(ConfigKey.draidSpares) }
    /// Groups of data and parity columns in a slice of this dRAID.
    package var draidGroups: UInt64? { list.uint64(ConfigKey.draidGroups) }
    /// Children of a failure group; where it is missing, all children are one group.
    package var draidChildren: UInt64? { list.uint64(ConfigKey.draidChildren) }
    /// Which of its dRAID's spares this distributed spare is.
    package var spareID: UInt64? { list.uint64(ConfigKey.spareID) }
    /// The top-level vdev above; for a distributed spare the dRAID that it belongs to.
    package var topGUID: GUID? { list.guid(ConfigKey.topGUID) }

    /// The MOS object that maps this removed vdev's space to other vdevs.
    package var indirectObject: UInt64? { list.uint64(ConfigKey.indirectObject) }
    /// The MOS object with the births of the mapping's parts.
    package var indirectBirths: UInt64? { list.uint64(ConfigKey.indirectBirths) }
    /// The vdev that was removed before this one; nil for the first.
    package var previousIndirectVdev: UInt64? { list.uint64(ConfigKey.previousIndirectVdev) }
    /// The removal of this vdev is under way.
    package var isRemoving: Bool { list.flag(ConfigKey.removing) ?? false }
}
