package import Bytes

/// A node of the name tree: a file system or volume with all its snapshots, and the space they
/// take together.
///
/// It is the bonus of a MOS object; the name of the directory is the key under which its parent's
/// child map lists it. Sizes are bytes. Mirrors `dsl_dir_phys_t` (`include/sys/dsl_dir.h`).
package struct DSLDirectory: FixedStructure, Hashable {
    /// `dd_creation_time`: seconds since 1970; ZFS itself does not use it.
    package var creationTime: UInt64
    /// `dd_head_dataset_obj`: the dataset that is the current state; 0 for the directory of the
    /// MOS itself.
    package var headDataset: UInt64
    /// `dd_parent_obj`: the directory above; 0 for the root.
    package var parent: UInt64
    /// `dd_origin_obj`: the snapshot that a clone began as; 0 or `$ORIGIN@$ORIGIN` for the rest.
    package var origin: UInt64
    /// `dd_child_dir_zapobj`: the ZAP of the directories below: name to object number.
    package var childMap: UInt64
    /// `dd_used_bytes`: what the directory and all below it take, reservations included.
    package var usedBytes: UInt64
    /// `dd_compressed_bytes`: what they take after compression, before parity and copies.
    package var compressedBytes: UInt64
    /// `dd_uncompressed_bytes`: what they hold before compression.
    package var uncompressedBytes: UInt64
    /// `dd_quota`: the administrative limit; 0 for none.
    package var quota: UInt64
    /// `dd_reserved`: the administrative reservation.
    package var reserved: UInt64
    /// `dd_props_zapobj`: the ZAP of properties.
    package var properties: UInt64
    /// `dd_deleg_zapobj`: the ZAP of delegated permissions; 0 for none.
    package var delegations: UInt64
    /// `dd_flags`: bit 0: the breakdown below is kept (`DD_FLAG_USED_BREAKDOWN`).
    package var flags: UInt64
    /// `dd_used_breakdown[HEAD]`: of the bytes used, what the head dataset alone refers to.
    package var usedByHead: UInt64
    /// `dd_used_breakdown[SNAP]`: of the bytes used, what only snapshots refer to.
    package var usedBySnapshots: UInt64
    /// `dd_used_breakdown[CHILD]`: of the bytes used, those of the directories below.
    package var usedByChildren: UInt64
    /// `dd_used_breakdown[CHILD_RSRV]`: of the bytes used, what the directories below have
    /// reserved and not filled.
    package var usedByChildReservations: UInt64
    /// `dd_used_breakdown[REFRSRV]`: of the bytes used, what the head's own reservation holds
    /// back.
    package var usedByReservation: UInt64
    /// `dd_clones`: the ZAP of directories whose origin is a snapshot of this one; 0 for none.
    package var clones: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        creationTime = try Layout.creationTime.read(bytes, order)
        headDataset = try Layout.headDataset.read(bytes, order)
        parent = try Layout.parent.read(bytes, order)
        origin = try Layout.origin.read(bytes, order)
        childMap = try Layout.childMap.read(bytes, order)
        usedBytes = try Layout.usedBytes.read(bytes, order)
        compressedBytes = try Layout.compressedBytes.read(bytes, order)
        uncompressedBytes = try Layout.uncompressedBytes.read(bytes, order)
        quota = try Layout.quota.read(bytes, order)
        reserved = try Layout.reserved.read(bytes, order)
        properties = try Layout.properties.read(bytes, order)
        delegations = try Layout.delegations.read(bytes, order)
        flags = try Layout.flags.read(bytes, order)
        usedByHead = try Layout.usedByHead.read(bytes, order)
        usedBySnapshots = try Layout.usedBySnapshots.read(bytes, order)
        usedByChildren = try Layout.usedByChildren.read(bytes, order)
        usedByChildReservations = try Layout.usedByChildReservations.read(bytes, order)
        usedByReservation = try Layout.usedByReservation.read(bytes, order)
        clones = try Layout.clones.read(bytes, order)
    }
}
