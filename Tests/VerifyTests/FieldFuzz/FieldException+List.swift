extension FieldException {
    static let all =
        dnodes + pointers + tables + logs + records + scans + datasets + bookmarks + removals
        + dedupLogs + spaceMaps
        + others

    private static let dnodes = [
        FieldException(
            "dnode_phys_t.dn_compress", "how the next blocks are to be compressed: any known way"),
        FieldException(
            "dnode_phys_t.dn_checksum", "how the next blocks are to be proven: any known way"),
        FieldException(
            "dnode_phys_t.dn_indblkshift", "an object without indirect blocks may have any size"),
        FieldException(
            "dnode_phys_t.dn_datablkszsec", "an object without blocks may have any size"),
        FieldException(
            "dnode_phys_t.dn_nlevels", "a tree without blocks may have any height"),
        FieldException(
            "dnode_phys_t.dn_maxblkid", "a file may end in a hole"),
        FieldException(
            "dnode_phys_t.dn_flags", "where no space is used, its unit says nothing"),
        FieldException(
            "dnode_phys_t.dn_extra_slots", "free slots behind a dnode may belong to it"),
        FieldException(
            "dnode_phys_t.dn_nblkptr", of: "of a Z",
            "files that were received have as many pointers as the sender chose"),
        FieldException(
            "dnode_phys_t.dn_type", of: "object array", "known by who leads to it"),
        FieldException(
            "dnode_phys_t.dn_bonustype", by: ["firstBit"],
            "a type that describes itself goes with any object"),
        FieldException(
            "dnode_phys_t.dn_bonuslen", of: "of a Z", by: ["plusOne"],
            "attributes end where their layout says"),
        FieldException(
            "dnode_phys_t.dn_type", of: "zap", "tables of other features have no type of their own"),
    ]

    private static let pointers = [
        FieldException(
            "blkptr_t with its block in it.payload*",
            "contents, of which only a table's or a list's follow rules"),
        FieldException(
            "blkptr_t with its block in it.blk_prop",
            "type and level count only where they are used"),
        FieldException(
            "blkptr_t with its block in it.blk_birth_word[1]", by: ["plusOne", "minusOne"],
            "any group between the snapshot before and the block above"),
        FieldException(
            "blkptr_t.blk_birth_word[1]", by: ["plusOne", "minusOne", "lastBit", "middleBit"],
            "any group between the snapshot before and the block above"),
        FieldException(
            "blkptr_t.blk_birth_word[0]", of: "file",
            "a block that was cloned is older than its file"),
        FieldException(
            "blkptr_t.blk_birth_word[0]", by: ["zeroes"],
            "what is left of a mapping need not tell that a block was moved to its place"),
        FieldException(
            "zfs_zstdhdr_t.raw_version_level",
            by: ["plusOne", "minusOne", "lastBit", "middleBit"],
            "what compressed a block does not matter to who expands it"),
        FieldException("blkptr_t without a checksum.blk_cksum*", "nothing was computed"),
        FieldException(
            "blkptr_t.*", of: "bpobj of the MOS", "the block was freed, and may be another's now"),
    ]

    private static let tables = [
        FieldException("mzap_phys_t.mz_salt", "any odd number: the order of entries is not stored"),
        FieldException("zap_phys_t.zap_salt", "counts only for the entries that there are"),
        FieldException(
            "mzap_phys_t.mz_normflags", "names of files may be normalized in several ways"),
        FieldException(
            "zap_phys_t.zap_normflags", "names of files may be normalized in several ways"),
        FieldException("mzap_ent_phys_t.mze_cd", "tells entries of one hash apart: any number"),
        FieldException("zap_leaf_chunk_t.le_cd", "tells entries of one hash apart: any number"),
        FieldException("mzap_ent_phys_t.mze_value", "what is stored under a name"),
        FieldException("mzap_ent_phys_t.mze_name", "a name that nothing else repeats"),
        FieldException(
            "zap_leaf_chunk_t.le_value_numints", of: "layouts", "a layout is as long as it says"),
        FieldException(
            "zap_leaf_phys_t.lh_flags",
            "a leaf of short chains is sorted, whether it says so or not"),
    ]

    private static let logs = [
        FieldException(
            "zil_header_t.zh_claim*",
            "how far a log was claimed: any number while nothing is claimed"),
        FieldException("zil_header_t.zh_replay_seq", "how far a log was replayed"),
        FieldException("bytes of SPA history*", "what happened, and when"),
        FieldException("spa_history_phys_t.sh_*", "where an earlier history ended"),
    ]

    /// Of intent logs: what is to be done, which nothing else says.
    private static let records = [
        FieldException("*.lr_crtime", "the clock of that moment"),
        FieldException("*.lr_uid", "any user"),
        FieldException("*.lr_gid", "any group"),
        FieldException("*.lr_rdev", "counts for devices only, and may be any"),
        FieldException(
            "*.lr_mode", by: ["plusOne", "minusOne", "firstBit"], "any of a file's permissions"),
        FieldException("*.lr_foid", "any file, or any number that is free for a new one"),
        FieldException(
            "*.lrc_txg",
            by: [
                "plusOne", "minusOne", "firstBit", "middleBit", "lastBit", "ones", "random",
            ], "of the last record any later group, of others any that was open then"),
        FieldException("TX_SETATTR.lr_*", "what the mask names, and any of it"),
        FieldException("TX_SETSAXATTR.lr_size", "any length that the record has room for"),
        FieldException("TX_WRITE.lr_blkoff", "no version reads it"),
        FieldException("TX_WRITE.lr_offset", "any place in the file"),
        FieldException(
            "TX_WRITE.lr_length", by: ["zeroes", "minusOne"], "as much as the record has, or less"),
        FieldException(
            "zil_chain_t.zc_next_blk", by: ["plusOne", "minusOne", "firstBit"],
            "the space of a log counts from when an import claims it"),
        FieldException("TX_LINK.lr_link_obj", "any file that there is"),
        FieldException(
            "zil_header_t.zh_log", by: ["lastBit"], "the number of a block that was not written"),
        FieldException(
            "zil_chain_t trailer.*", "a log ends with the first block that does not prove itself"),
    ]

    private static let scans = [
        FieldException(
            "dsl_scan_phys_t.scn_func", by: ["plusOne", "minusOne", "lastBit"],
            "a scrub and a resilver leave the same behind"),
        FieldException(
            "dsl_scan_phys_t.scn_state", by: ["zeroes", "plusOne", "minusOne", "lastBit"],
            "states that a scan may have ended in"),
        FieldException(
            "dsl_scan_phys_t.scn_ddt_bookmark.*", by: ["zeroes"], "a table that there may be"),
        FieldException(
            "dsl_errorscrub_phys_t.dep_func", by: ["plusOne", "lastBit"],
            "of what kind it was, which the next one sets"),
        FieldException(
            "dsl_errorscrub_phys_t.dep_state", by: ["plusOne", "lastBit"],
            "states that a scan may be in"),
        FieldException("dsl_scan_phys_t.scn_start_time", "the clock of that moment"),
        FieldException("dsl_scan_phys_t.scn_end_time", "the clock of that moment"),
        FieldException(
            "dsl_scan_phys_t.scn_min_txg", "a scan may leave out what is older than any group"),
        FieldException(
            "dsl_scan_phys_t.scn_max_txg", by: ["plusOne", "minusOne", "lastBit", "zeroes"],
            "a scan may leave out what is younger than any group"),
        FieldException("dsl_scan_phys_t.scn_cur_*", "how far it is in the dataset at hand"),
        FieldException("dsl_scan_phys_t.scn_to_examine", "what was in use when it began"),
        FieldException("dsl_scan_phys_t.scn_examined", "what it has seen"),
        FieldException("dsl_scan_phys_t.scn_skipped", "what it has passed by"),
        FieldException("dsl_scan_phys_t.scn_processed", "what it has mended"),
        FieldException("dsl_scan_phys_t.scn_errors", "what it could not mend"),
        FieldException("dsl_scan_phys_t.scn_ddt_class_max", "a setting of that host"),
        FieldException(
            "dsl_scan_phys_t.scn_ddt_bookmark.ddb_cursor", "how far it is in a table"),
        FieldException(
            "dsl_scan_phys_t.scn_ddt_bookmark.*", by: ["plusOne", "lastBit", "minusOne"],
            "any table that there may be"),
        FieldException(
            "dsl_scan_phys_t.scn_bookmark.*", "the next block in the dataset at hand"),
        FieldException(
            "dsl_scan_phys_t.scn_flags", by: ["plusOne", "lastBit", "zeroes"],
            "states that a scan may be in"),
        FieldException("dsl_errorscrub_phys_t.dep_cursor", "how far it is in a table"),
        FieldException("dsl_errorscrub_phys_t.dep_to_examine", "what was known when it began"),
        FieldException("dsl_errorscrub_phys_t.dep_examined", "what it has seen"),
        FieldException("dsl_errorscrub_phys_t.dep_errors", "what it could not mend"),
        FieldException("dsl_errorscrub_phys_t.dep_paused_flags", "whether somebody stopped it"),
        FieldException("dsl_errorscrub_phys_t.dep_start_time", "the clock of that moment"),
        FieldException("dsl_errorscrub_phys_t.dep_end_time", "the clock of that moment"),
    ]

    private static let removals = [
        FieldException(
            "spa_removing_phys_t.sr_removing_vdev", by: ["plusOne", "lastBit"],
            "any vdev that was removed"),
        FieldException(
            "vdev_indirect_birth_entry_phys_t.vibe_offset", by: ["plusOne", "firstBit"],
            "how far a group came, between its neighbours"),
        FieldException("spa_removing_phys_t.sr_start_time", "the clock of that moment"),
        FieldException("spa_removing_phys_t.sr_end_time", "the clock of that moment"),
        FieldException(
            "spa_removing_phys_t.sr_state", by: ["plusOne", "lastBit", "zeroes"],
            "a state that a removal may be in"),
        FieldException(
            "vdev_indirect_birth_entry_phys_t.vibe_phys_birth_txg",
            by: ["zeroes", "plusOne", "minusOne"], "any group between its neighbours'"),
    ]

    private static let dedupLogs = [
        FieldException("ddt_log_record_t.ddp_class_start", "the clock of that moment"),
        FieldException(
            "ddt_log_record_t for which a later one stands.*", "no version reads it any more"),
        FieldException(
            "ddt_log_header_t.dlh_checkpoint*", "counts only while the log is being flushed"),
        FieldException("ddt_log_header_t.dlh_first_txg", "any group up to now"),
        FieldException(
            "brt_vdev_phys_t.bvp_size", by: ["minusOne"],
            "a vdev that grew keeps the counters that it had"),
        FieldException(
            "brt_vdev_phys_t.bvp_byteorder", by: ["plusOne", "lastBit"],
            "counters that are all zero have no order"),
    ]

    private static let bookmarks = [
        FieldException(
            "zfs_bookmark_phys_t.*", of: "whose snapshot is gone",
            "what is left of a snapshot stands nowhere else"),
        FieldException("redact_block_phys_t.*", "what a send of that time was to leave out"),
        FieldException("redaction_list_phys_t.rlp_last_*", "how far the list was made"),
    ]

    private static let datasets = [
        FieldException("dsl_dir_phys_t.dd_quota", "a wish: any number"),
        FieldException("dsl_dir_phys_t.dd_reserved", "a wish: any number"),
        FieldException("dsl_dir_phys_t.dd_flags", by: ["zeroes"], "an early version's"),
        FieldException("dsl_dir_phys_t.dd_creation_time", "the clock of that day"),
        FieldException("dsl_dataset_phys_t.ds_creation_time", "the clock of that day"),
        FieldException(
            "dsl_dataset_phys_t.ds_creation_txg", "of a present state: any group up to now"),
        FieldException("dsl_dataset_phys_t.ds_guid", "any number that no other has"),
        FieldException("dsl_dataset_phys_t.ds_fsid_guid", "any number of 56 bits"),
        FieldException("dsl_dataset_phys_t.ds_flags", "states that a dataset may be in"),
    ]

    private static let spaceMaps = [
        FieldException(
            "space_map_phys_t.smp_histogram*", "kept inexact by ZFS while a metaslab is not loaded"),
        FieldException("space_map_phys_t.smp_object", "no version reads it"),
        FieldException("space_map_phys_t.smp_pad*", "no version reads it"),
        FieldException(
            "space map entries.word*", "the mark of a group, whose number and pass nothing repeats"),
    ]

    private static let others = [
        FieldException("uberblock_t.ub_timestamp", "the clock of that moment"),
        FieldException("uberblock_t.ub_mmp_*", "another host's time and numbers"),
        FieldException("uberblock_t.ub_software_version", "any version that knows the pool's"),
        FieldException(
            "uberblock_t.ub_txg", by: ["plusOne", "lastBit", "firstBit"],
            "a later group, up to which nothing changed"),
        FieldException(
            "uberblock_t.ub_txg", by: ["zeroes"], "labelling a device leaves one of no group"),
        FieldException("checkpointed uberblock_t.ub_timestamp", "the clock of that moment"),
        FieldException("checkpointed uberblock_t.ub_mmp_*", "another host's time and numbers"),
        FieldException(
            "checkpointed uberblock_t.ub_software_version", "any version that knows the pool's"),
        FieldException(
            "objset_phys_t.os_flags", by: ["zeroes", "lastBit", "minusOne", "plusOne", "random"],
            "ZFS counts anew where a flag says that counting is not complete"),
        FieldException(
            "vdev_boot_envblock_t.vbe_version", by: ["plusOne", "lastBit"],
            "an empty one may have either version"),
        FieldException(
            "ms_unflushed_phys_txgs.*", "the group in which a metaslab was last flushed"),
        FieldException("obsolete counts.*", "how much of a mapping is not needed any more"),
        FieldException(
            "bpobj_phys_t.bpo_subobjs", "without subordinate lists nothing reads who names them"),
        FieldException("bytes of packed nvlist*", "values that only the configuration holds"),
        FieldException(
            "packed nvlist header.nvh_endian", by: ["lastBit", "minusOne", "zeroes"],
            "the order of who packed it, and XDR has its own"),
        FieldException(
            "packed nvlist header.nvl_nvflag", by: ["plusOne"],
            "names are unique in either of two ways"),
    ]
}
