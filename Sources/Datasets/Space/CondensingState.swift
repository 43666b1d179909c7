package import Bytes

/// The rewriting of a removed vdev's mapping without its obsolete entries, an array in the object
/// directory.
///
/// Mirrors `spa_condensing_indirect_phys_t` (`include/sys/vdev_removal.h`).
package struct CondensingState: FixedStructure, Hashable {
    /// `scip_vdev`: the vdev whose mapping is being rewritten.
    package var vdev: UInt64
    /// `scip_prev_obsolete_sm_object`: the space map of what was obsolete when it began.
    package var previousObsoleteMap: UInt64
    /// `scip_next_mapping_object`: the mapping that is being written.
    package var nextMapping: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        vdev = try Layout.vdev.read(bytes, order)
        previousObsoleteMap = try Layout.previousObsoleteMap.read(bytes, order)
        nextMapping = try Layout.nextMapping.read(bytes, order)
    }
}
