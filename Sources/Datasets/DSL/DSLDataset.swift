package import Bytes
package import Vdevs

/// One state of a file system or volume: its current one, or a snapshot.
///
/// It is the bonus of a MOS object, whose number zdb calls the dataset's ID. Sizes are bytes;
/// those of what it refers to include what is shared with other datasets. Mirrors
/// `dsl_dataset_phys_t` (`include/sys/dsl_dataset.h`).
package struct DSLDataset: FixedStructure, Hashable {
    /// `ds_dir_obj`: the DSL directory it belongs to.
    package var directory: UInt64
    /// `ds_prev_snap_obj`: the snapshot before it, or a clone's origin; 0 for none.
    package var previousSnapshot: UInt64
    /// `ds_prev_snap_txg`: when that one was taken; blocks born later are not in it.
    package var previousSnapshotTxg: TransactionGroup
    /// `ds_next_snap_obj`: for a snapshot, the one after it or the head; 0 for a head.
    package var nextSnapshot: UInt64
    /// `ds_snapnames_zapobj`: for a head, the ZAP of its snapshots: name to object number.
    package var snapshotNames: UInt64
    /// `ds_num_children`: for a snapshot, how many datasets follow on it: the next one and
    /// clones; 0 for a head.
    package var childCount: UInt64
    /// `ds_creation_time`: seconds since 1970.
    package var creationTime: UInt64
    /// `ds_creation_txg`.
    package var creationTxg: TransactionGroup
    /// `ds_deadlist_obj`: the blocks of the previous snapshot that are no longer in this one.
    package var deadlist: UInt64
    /// `ds_referenced_bytes`: what all it refers to takes on disk.
    package var referencedBytes: UInt64
    /// `ds_compressed_bytes`: the physical sizes of that.
    package var compressedBytes: UInt64
    /// `ds_uncompressed_bytes`: the logical sizes of that.
    package var uncompressedBytes: UInt64
    /// `ds_unique_bytes`: what no other snapshot or head refers to.
    package var uniqueBytes: UInt64
    /// `ds_fsid_guid`: a 56-bit identifier that can change to stay unique.
    package var fsidGUID: GUID
    /// `ds_guid`: the identifier that never changes.
    package var guid: GUID
    /// `ds_flags`.
    package var rawFlags: UInt64
    /// `ds_bp`: the block of the object set.
    package var rootPointer: BlockPointer
    /// `ds_next_clones_obj`: for a snapshot, the ZAP of clones made of it; 0 for none.
    package var nextClones: UInt64
    /// `ds_props_obj`: for a snapshot, the ZAP of its own properties; 0 for none.
    package var snapshotProperties: UInt64
    /// `ds_userrefs_obj`: for a snapshot, the ZAP of holds: tag to time; 0 for none.
    package var holds: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        directory = try Layout.directory.read(bytes, order)
        previousSnapshot = try Layout.previousSnapshot.read(bytes, order)
        previousSnapshotTxg = TransactionGroup(try Layout.previousSnapshotTxg.read(bytes, order))
        nextSnapshot = try Layout.nextSnapshot.read(bytes, order)
        snapshotNames = try Layout.snapshotNames.read(bytes, order)
        childCount = try Layout.childCount.read(bytes, order)
        creationTime = try Layout.creationTime.read(bytes, order)
        creationTxg = TransactionGroup(try Layout.creationTxg.read(bytes, order))
        deadlist = try Layout.deadlist.read(bytes, order)
        referencedBytes = try Layout.referencedBytes.read(bytes, order)
        compressedBytes = try Layout.compressedBytes.read(bytes, order)
        uncompressedBytes = try Layout.uncompressedBytes.read(bytes, order)
        uniqueBytes = try Layout.uniqueBytes.read(bytes, order)
        fsidGUID = GUID(try Layout.fsidGUID.read(bytes, order))
        guid = GUID(try Layout.guid.read(bytes, order))
        rawFlags = try Layout.rawFlags.read(bytes, order)
        rootPointer = try BlockPointer(bytes, at: Layout.rootPointerOffset, order)
        nextClones = try Layout.nextClones.read(bytes, order)
        snapshotProperties = try Layout.snapshotProperties.read(bytes, order)
        holds = try Layout.holds.read(bytes, order)
    }
}
