package import Bytes
import Vdevs

extension DSLDataset {
    /// Where each field of `dsl_dataset_phys_t` lies on disk.
    package enum Layout {
        package static let byteCount = 320

        package static let directory = Field<UInt64>("ds_dir_obj", at: 0)
        package static let previousSnapshot = Field<UInt64>("ds_prev_snap_obj", at: 8)
        package static let previousSnapshotTxg = Field<UInt64>("ds_prev_snap_txg", at: 16)
        package static let nextSnapshot = Field<UInt64>("ds_next_snap_obj", at: 24)
        package static let snapshotNames = Field<UInt64>("ds_snapnames_zapobj", at: 32)
        package static let childCount = Field<UInt64>("ds_num_children", at: 40)
        package static let creationTime = Field<UInt64>("ds_creation_time", at: 48)
        package static let creationTxg = Field<UInt64>("ds_creation_txg", at: 56)
        package static let deadlist = Field<UInt64>("ds_deadlist_obj", at: 64)
        package static let referencedBytes = Field<UInt64>("ds_referenced_bytes", at: 72)
        package static let compressedBytes = Field<UInt64>("ds_compressed_bytes", at: 80)
        package static let uncompressedBytes = Field<UInt64>("ds_uncompressed_bytes", at: 88)
        package static let uniqueBytes = Field<UInt64>("ds_unique_bytes", at: 96)
        package static let fsidGUID = Field<UInt64>("ds_fsid_guid", at: 104)
        package static let guid = Field<UInt64>("ds_guid", at: 112)
        package static let rawFlags = Field<UInt64>("ds_flags", at: 120)
        /// `ds_bp`, a block pointer.
        package static let rootPointerOffset = 128
        package static let nextClones = Field<UInt64>("ds_next_clones_obj", at: 256)
        package static let snapshotProperties = Field<UInt64>("ds_props_obj", at: 264)
        package static let holds = Field<UInt64>("ds_userrefs_obj", at: 272)

        package static let fields = [
            AnyField(directory),
            AnyField(previousSnapshot),
            AnyField(previousSnapshotTxg),
            AnyField(nextSnapshot),
            AnyField(snapshotNames),
            AnyField(childCount),
            AnyField(creationTime),
            AnyField(creationTxg),
            AnyField(deadlist),
            AnyField(referencedBytes),
            AnyField(compressedBytes),
            AnyField(uncompressedBytes),
            AnyField(uniqueBytes),
            AnyField(fsidGUID),
            AnyField(guid),
            AnyField(rawFlags),
            AnyField("ds_bp", 128..<128 + BlockPointer.byteCount),
            AnyField(nextClones),
            AnyField(snapshotProperties),
            AnyField(holds),
        ]
    }

    package static var byteCount: Int { Layout.byteCount }
    package static var fields: [AnyField] { Layout.fields }
}
