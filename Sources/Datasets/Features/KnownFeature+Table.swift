extension KnownFeature {
    /// All features of OpenZFS 2.4.99, in the order of `spa_feature_t` (`include/zfeature_common.h`).
    package static let all: [KnownFeature] = [
        KnownFeature(
            "com.delphix:async_destroy", "async_destroy", [.readOnlyCompatible],
            needs: [],
            "file systems are destroyed in the background"),
        KnownFeature(
            "com.delphix:empty_bpobj", "empty_bpobj", [.readOnlyCompatible],
            needs: [],
            "snapshots share one empty list of blocks"),
        KnownFeature(
            "org.illumos:lz4_compress", "lz4_compress", [.activeOnceEnabled],
            needs: [],
            "LZ4 compression"),
        KnownFeature(
            "com.joyent:multi_vdev_crash_dump", "multi_vdev_crash_dump", [],
            needs: [],
            "crash dumps to pools of several vdevs"),
        KnownFeature(
            "com.delphix:spacemap_histogram", "spacemap_histogram", [.readOnlyCompatible],
            needs: [],
            "space maps keep a histogram of free segments"),
        KnownFeature(
            "com.delphix:enabled_txg", "enabled_txg", [.readOnlyCompatible],
            needs: [],
            "the txg is kept in which a feature was enabled"),
        KnownFeature(
            "com.delphix:hole_birth", "hole_birth", [.neededForMOS, .activeOnceEnabled],
            needs: ["enabled_txg"],
            "holes keep the txg in which they were made"),
        KnownFeature(
            "com.delphix:extensible_dataset", "extensible_dataset", [],
            needs: [],
            "dataset objects can carry more fields"),
        KnownFeature(
            "com.delphix:embedded_data", "embedded_data", [.neededForMOS, .activeOnceEnabled],
            needs: [],
            "small blocks stand in their block pointer"),
        KnownFeature(
            "com.delphix:bookmarks", "bookmarks", [.readOnlyCompatible],
            needs: ["extensible_dataset"],
            "bookmarks of snapshots"),
        KnownFeature(
            "com.joyent:filesystem_limits", "filesystem_limits", [.readOnlyCompatible],
            needs: ["extensible_dataset"],
            "limits on the number of file systems and snapshots"),
        KnownFeature(
            "org.open-zfs:large_blocks", "large_blocks", [.perDataset],
            needs: ["extensible_dataset"],
            "blocks larger than 128 KiB"),
        KnownFeature(
            "org.zfsonlinux:large_dnode", "large_dnode", [.perDataset],
            needs: ["extensible_dataset"],
            "dnodes larger than 512 bytes"),
        KnownFeature(
            "org.illumos:sha512", "sha512", [.perDataset],
            needs: ["extensible_dataset"],
            "SHA-512/256 checksums"),
        KnownFeature(
            "org.illumos:skein", "skein", [.perDataset],
            needs: ["extensible_dataset"],
            "Skein checksums"),
        KnownFeature(
            "org.illumos:edonr", "edonr", [.perDataset],
            needs: ["extensible_dataset"],
            "Edon-R checksums"),
        KnownFeature(
            "org.zfsonlinux:userobj_accounting", "userobj_accounting",
            [.readOnlyCompatible, .perDataset],
            needs: ["extensible_dataset"],
            "objects are counted by user and group"),
        KnownFeature(
            "com.datto:encryption", "encryption", [.perDataset],
            needs: ["extensible_dataset", "bookmark_v2"],
            "encrypted datasets"),
        KnownFeature(
            "org.zfsonlinux:project_quota", "project_quota", [.readOnlyCompatible, .perDataset],
            needs: ["extensible_dataset"],
            "space is counted by project"),
        KnownFeature(
            "com.delphix:device_removal", "device_removal", [.neededForMOS],
            needs: [],
            "top-level vdevs were removed"),
        KnownFeature(
            "com.delphix:obsolete_counts", "obsolete_counts", [.readOnlyCompatible],
            needs: ["extensible_dataset", "device_removal"],
            "mappings of removed vdevs count what is obsolete"),
        KnownFeature(
            "com.delphix:zpool_checkpoint", "zpool_checkpoint", [.readOnlyCompatible],
            needs: [],
            "the pool can be checkpointed and taken back"),
        KnownFeature(
            "com.delphix:spacemap_v2", "spacemap_v2", [.readOnlyCompatible, .activeOnceEnabled],
            needs: [],
            "space map entries of two words for large segments"),
        KnownFeature(
            "org.zfsonlinux:allocation_classes", "allocation_classes", [.readOnlyCompatible],
            needs: [],
            "special and dedup vdevs"),
        KnownFeature(
            "com.datto:resilver_defer", "resilver_defer", [.readOnlyCompatible],
            needs: [],
            "a new resilver waits for the running one"),
        KnownFeature(
            "com.datto:bookmark_v2", "bookmark_v2", [],
            needs: ["extensible_dataset", "bookmarks"],
            "bookmarks of the larger form"),
        KnownFeature(
            "com.delphix:redaction_bookmarks", "redaction_bookmarks", [],
            needs: ["bookmark_v2", "extensible_dataset", "bookmarks"],
            "bookmarks that list what a redacted send leaves out"),
        KnownFeature(
            "com.delphix:redacted_datasets", "redacted_datasets", [.perDataset, .listsSnapshots],
            needs: ["extensible_dataset"],
            "datasets received from a redacted stream"),
        KnownFeature(
            "com.delphix:bookmark_written", "bookmark_written", [],
            needs: ["bookmark_v2", "extensible_dataset", "bookmarks"],
            "bookmarks count what was written since"),
        KnownFeature(
            "com.delphix:log_spacemap", "log_spacemap", [.readOnlyCompatible],
            needs: ["spacemap_v2"],
            "space map changes are logged for the whole pool"),
        KnownFeature(
            "com.delphix:livelist", "livelist", [.readOnlyCompatible],
            needs: ["extensible_dataset"],
            "clones list their own blocks"),
        KnownFeature(
            "org.openzfs:device_rebuild", "device_rebuild", [.readOnlyCompatible],
            needs: [],
            "sequential rebuild of mirrors and dRAID"),
        KnownFeature(
            "org.freebsd:zstd_compress", "zstd_compress", [.perDataset],
            needs: ["extensible_dataset"],
            "Zstandard compression"),
        KnownFeature(
            "org.openzfs:draid", "draid", [.neededForMOS],
            needs: [],
            "dRAID vdevs with distributed spares"),
        KnownFeature(
            "org.openzfs:zilsaxattr", "zilsaxattr", [.readOnlyCompatible, .perDataset],
            needs: ["extensible_dataset"],
            "the intent log records extended attributes"),
        KnownFeature(
            "com.delphix:head_errlog", "head_errlog", [.activeOnceEnabled],
            needs: [],
            "the error log is kept for each dataset"),
        KnownFeature(
            "org.openzfs:blake3", "blake3", [.perDataset],
            needs: ["extensible_dataset"],
            "BLAKE3 checksums"),
        KnownFeature(
            "com.fudosecurity:block_cloning", "block_cloning", [.readOnlyCompatible],
            needs: [],
            "files share blocks through a reference table"),
        KnownFeature(
            "com.klarasystems:vdev_zaps_v2", "vdev_zaps_v2", [.neededForMOS],
            needs: [],
            "the root vdev has a ZAP"),
        KnownFeature(
            "com.delphix:redaction_list_spill", "redaction_list_spill", [],
            needs: ["redaction_bookmarks"],
            "redaction lists name more snapshots than a bonus holds"),
        KnownFeature(
            "org.openzfs:raidz_expansion", "raidz_expansion", [.neededForMOS],
            needs: [],
            "RAID-Z vdevs were expanded"),
        KnownFeature(
            "com.klarasystems:fast_dedup", "fast_dedup", [.readOnlyCompatible],
            needs: [],
            "dedup tables with logs and pruning"),
        KnownFeature(
            "org.zfsonlinux:longname", "longname", [.perDataset],
            needs: ["extensible_dataset"],
            "file names of up to 1023 bytes"),
        KnownFeature(
            "com.klarasystems:large_microzap", "large_microzap",
            [.readOnlyCompatible, .perDataset],
            needs: ["extensible_dataset", "large_blocks"],
            "micro ZAPs larger than 128 KiB"),
        KnownFeature(
            "com.klarasystems:dynamic_gang_header", "dynamic_gang_header",
            [.neededForMOS, .notByUpgrade],
            needs: [],
            "gang headers as large as a vdev's smallest allocation"),
        KnownFeature(
            "com.truenas:block_cloning_endian", "block_cloning_endian", [.readOnlyCompatible],
            needs: [],
            "the block reference table is the same in both byte orders"),
        KnownFeature(
            "com.truenas:physical_rewrite", "physical_rewrite", [.readOnlyCompatible, .perDataset],
            needs: ["extensible_dataset"],
            "rewritten blocks keep their logical birth"),
        KnownFeature(
            "com.seagate:draid_failure_domains", "draid_failure_domains", [.neededForMOS],
            needs: ["draid"],
            "failure domains in dRAID vdevs"),
    ]
}
