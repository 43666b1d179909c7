package import Bytes

/// What a label says of the pool and of the device's place in it, apart from the vdev tree.
///
/// Fields are nil where the label lacks them; labels of spares and cache devices hold few. Mirrors what
/// `spa_config_generate` (`spa_config.c`) and `vdev_label_init` (`vdev_label.c`) write.
package struct PoolIdentity: Sendable, Hashable {
    package let name: String?
    package let poolGUID: GUID?
    package let state: PoolState?
    /// When the configuration was last written to labels; uberblocks are newer.
    package let txg: TransactionGroup?
    package let version: UInt64?
    package let errata: UInt64?
    /// The host that last had the pool, and by which number.
    package let hostname: String?
    package let hostID: UInt64?
    package let comment: String?
    /// The feature sets that the pool is limited to, as file names joined by commas.
    package let compatibility: String?
    /// Features that a reader must know, as their GUIDs such as `com.delphix:hole_birth`.
    package let featuresForRead: [String]
    /// This device.
    package let guid: GUID?
    /// The top-level vdev that it belongs to.
    package let topGUID: GUID?
    /// How many top-level vdevs the pool has, holes included.
    package let vdevChildren: UInt64?
    /// The numbers of top-level vdevs that are holes.
    package let holes: [UInt64]
    /// When the device was added, in a label written before its pool was.
    package let createTxg: TransactionGroup?
    /// The pool that this one was split from.
    package let splitGUID: GUID?
    package let isSpare: Bool
    package let isL2Cache: Bool
    package let isLog: Bool

    package init(_ list: NVList) {
        name = list.string(ConfigKey.poolName)
        poolGUID = list.guid(ConfigKey.poolGUID)
        let state = list.uint64(ConfigKey.poolState).map(PoolState.init(rawValue:))
        self.state = state
        txg = list.txg(ConfigKey.poolTxg)
        version = list.uint64(ConfigKey.version)
        errata = list.uint64(ConfigKey.errata)
        hostname = list.string(ConfigKey.hostname)
        hostID = list.uint64(ConfigKey.hostID)
        comment = list.string(ConfigKey.comment)
        compatibility = list.string(ConfigKey.compatibility)
        featuresForRead = list.list(ConfigKey.featuresForRead)?.pairs.map(\.name) ?? []
        guid = list.guid(ConfigKey.guid)
        topGUID = list.guid(ConfigKey.topGUID)
        vdevChildren = list.uint64(ConfigKey.vdevChildren)
        holes = list.uint64s(ConfigKey.holeArray) ?? []
        createTxg = list.txg(ConfigKey.createTxg)
        splitGUID = list.guid(ConfigKey.splitGUID)
        isSpare = state == .spare || list.flag(ConfigKey.isSpare) ?? false
        isL2Cache = state == .l2cache
        isLog = list.flag(ConfigKey.isLog) ?? false
    }

    package var record: Record {
        var record = Record()
        record.add("name", name.map(Record.Value.text))
        record.add("pool_guid", poolGUID.map(Record.Value.guid))
        record.add("state", state.map { .text("\($0)") })
        record.add("txg", txg.map(Record.Value.txg))
        record.add("version", version.map(Record.Value.number))
        record.add("errata", errata.map(Record.Value.number))
        record.add("hostname", hostname.map(Record.Value.text))
        record.add("hostid", hostID.map(Record.Value.word))
        record.add("comment", comment.map(Record.Value.text))
        record.add("compatibility", compatibility.map(Record.Value.text))
        record.add("features_for_read", .list(featuresForRead.map(Record.Value.text)))
        record.add("guid", guid.map(Record.Value.guid))
        record.add("top_guid", topGUID.map(Record.Value.guid))
        record.add("vdev_children", vdevChildren.map(Record.Value.number))
        if !holes.isEmpty { record.add("hole_array", .list(holes.map(Record.Value.number))) }
        record.add("create_txg", createTxg.map(Record.Value.txg))
        record.add("split_guid", splitGUID.map(Record.Value.guid))
        record.add("is_spare", .flag(isSpare))
        record.add("is_l2cache", .flag(isL2Cache))
        record.add("is_log", .flag(isLog))
        return record
    }
}
