package import Bytes

/// The root of the pool's block tree; one is written for every committed transaction group.
///
/// Mirrors `uberblock_t` (`include/sys/uberblock_impl.h`). Fields that an older ZFS did not know are zero,
/// since the slot is zero behind the structure.
package struct Uberblock: Sendable, Hashable {
    /// The byte order of the host that wrote it.
    package let order: ByteOrder
    /// `ub_version`: the pool's version, 5000 for one with features.
    package let version: UInt64
    /// `ub_txg`: the transaction group this uberblock committed.
    package let txg: TransactionGroup
    /// `ub_guid_sum`: the sum of the GUIDs of all vdevs, which tells a missing device.
    package let guidSum: UInt64
    /// `ub_timestamp`: when that group was synced, in seconds since 1970.
    package let timestamp: UInt64
    /// `ub_rootbp`: the meta object set.
    package let rootPointer: BlockPointer
    /// `ub_software_version`: the highest pool version that the writing software knows.
    package let softwareVersion: UInt64
    /// What multihost protection tells of the writer.
    package let multihost: MMPState
    /// `ub_checkpoint_txg`: set in the uberblock that a checkpoint keeps in the MOS; zero elsewhere.
    package let checkpointTxg: TransactionGroup
    /// `ub_raidz_reflow_info`: how far a RAID-Z expansion has come.
    package let reflow: RaidzReflow

    /// Decodes the structure at the start of `bytes`; the magic number tells the byte order.
    package init(_ bytes: RawSpan) throws(FormatError) {
        let magic: UInt64 = try Layout.magic.read(bytes, .little)
        switch magic {
        case Layout.magicNumber: order = .little
        case Layout.magicNumber.byteSwapped: order = .big
        default: throw FormatError(Layout.magic.name, .badMagic(magic))
        }
        version = try Layout.version.read(bytes, order)
        txg = TransactionGroup(try Layout.txg.read(bytes, order))
        guidSum = try Layout.guidSum.read(bytes, order)
        timestamp = try Layout.timestamp.read(bytes, order)
        rootPointer = try BlockPointer(bytes, at: Layout.rootPointerOffset, order)
        softwareVersion = try Layout.softwareVersion.read(bytes, order)
        multihost = MMPState(
            magic: try Layout.mmpMagic.read(bytes, order),
            delay: try Layout.mmpDelay.read(bytes, order),
            config: try Layout.mmpConfig.read(bytes, order))
        checkpointTxg = TransactionGroup(try Layout.checkpointTxg.read(bytes, order))
        reflow = RaidzReflow(word: try Layout.reflow.read(bytes, order))
    }

    /// Whether ZFS would choose `other` instead: by txg, then by time, then by multihost sequence number.
    ///
    /// Mirrors `vdev_uberblock_compare` (`vdev_label.c`).
    package func precedes(_ other: Uberblock) -> Bool {
        (txg.rawValue, timestamp, multihost.sequence ?? 0)
            < (other.txg.rawValue, other.timestamp, other.multihost.sequence ?? 0)
    }
}
