extension FieldException {
    static let all = dnodes + pointers + tables + logs + datasets + spaceMaps + others

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
            "zap_leaf_chunk_t.le_value_numints", of: "zap of the MOS", by: ["plusOne", "lastBit"],
            "a table of facts may hold several numbers under a name"),
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
            "uberblock_t.ub_txg", by: ["plusOne", "lastBit"], "a group in which nothing changed"),
        FieldException(
            "objset_phys_t.os_flags", by: ["zeroes", "lastBit", "minusOne", "plusOne", "random"],
            "ZFS counts anew where a flag says that counting is not complete"),
        FieldException(
            "words of uint64 metadata*", "the group in which a metaslab was last flushed"),
        FieldException(
            "bytes of uint32 metadata*", "how much of a mapping is not needed any more"),
        FieldException(
            "bpobj_phys_t.bpo_subobjs", "without subordinate lists nothing reads who names them"),
        FieldException("bytes of packed nvlist*", "values that only the configuration holds"),
    ]
}
