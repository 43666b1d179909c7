extension ObjectDirectory {
    /// The names that the object directory can hold, besides those made of a checksum or a vdev number.
    package enum Key: String, Sendable, CaseIterable {
        /// The trusted configuration, a packed nvlist.
        case config
        case featuresForWrite = "features_for_write"
        case featuresForRead = "features_for_read"
        case featureDescriptions = "feature_descriptions"
        case featureEnabledTxg = "feature_enabled_txg"
        /// The DSL directory of the pool's own name.
        case rootDataset = "root_dataset"
        /// Blocks freed while a txg was being written, to be freed in the next.
        case deferredFrees = "sync_bplist"
        /// The error log of the running scrub and of the one before.
        case errorsOfScrub = "errlog_scrub"
        case errorsOfLast = "errlog_last"
        case spares
        /// 1 where RAID-Z space is counted without parity.
        case deflate
        case history
        case poolProperties = "pool_props"
        case l2cache
        /// Holds that end with the process that took them.
        case temporaryHolds = "tmp_userrefs"
        case dedupStatistics = "DDT-statistics"
        case creationVersion = "creation_version"
        case scan
        case errorScrub = "error_scrub"
        case lastScrubbedTxg = "last_scrubbed_txg"
        /// Blocks of destroyed snapshots that are yet to be freed.
        case freeList = "free_bpobj"
        /// Destroyed datasets whose trees are yet to be freed.
        case destroyedTrees = "bptree_obj"
        /// The one empty list that many deadlists share.
        case emptyList = "empty_bpobj"
        case checksumSalt = "org.illumos:checksum_salt"
        /// The list of all vdev ZAPs.
        case vdevZAPMap = "com.delphix:vdev_zap_map"
        case removing = "com.delphix:removing"
        /// Blocks of a removed vdev that are yet to be marked obsolete.
        case obsoleteList = "com.delphix:obsolete_bpobj"
        case condensing = "com.delphix:condensing_indirect"
        /// The checkpointed uberblock.
        case checkpoint = "com.delphix:zpool_checkpoint"
        case logSpaceMaps = "com.delphix:log_spacemap_zap"
        /// Livelists of destroyed clones.
        case deletedClones = "com.delphix:deleted_clones"
        case txgTimesByMinute = "com.klarasystems:txg_log_time:minutes"
        case txgTimesByDay = "com.klarasystems:txg_log_time:days"
        case txgTimesByMonth = "com.klarasystems:txg_log_time:months"
    }

    /// The table of a checksum's fast dedup directory (`DMU_POOL_DDT_DIR`).
    package static func dedupDirectory(_ checksum: String) -> String { "DDT-\(checksum)" }
    /// One store of a dedup table (`DMU_POOL_DDT`).
    package static func dedupStore(_ checksum: String, _ storageClass: DedupClass) -> String {
        "DDT-\(checksum)-zap-\(storageClass)"
    }
    /// One log of a fast dedup table (`DMU_POOL_DDT_LOG`).
    package static func dedupLog(_ checksum: String, _ number: Int) -> String {
        "DDT-log-\(checksum)-\(number)"
    }
    /// The block references of a top-level vdev (`BRT_OBJECT_VDEV_PREFIX`).
    package static let blockReferencesPrefix = "com.fudosecurity:brt:vdev:"
}
