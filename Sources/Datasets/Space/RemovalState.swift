package import Bytes

/// The current or last removal of a top-level vdev, an array in the object directory.
///
/// Mirrors `spa_removing_phys_t` (`include/sys/spa_impl.h`).
package struct RemovalState: FixedStructure, Hashable {
    /// `sr_state`.
    package var state: ScanProgress
    /// `sr_removing_vdev`: the vdev that is being removed; -1 for none.
    package var removingVdev: UInt64
    /// `sr_prev_indirect_vdev`: the vdev removed before it, whose mapping must be read after this
    /// one's; -1 for none.
    package var previousIndirectVdev: UInt64
    /// `sr_start_time`: when it began, in seconds since 1970.
    package var startTime: UInt64
    /// `sr_end_time`: when it ended, in seconds since 1970.
    package var endTime: UInt64
    /// `sr_to_copy`: how much there was to copy.
    package var toCopy: UInt64
    /// `sr_copied`: how much has been copied or freed.
    package var copied: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        state = ScanProgress(rawValue: try Layout.state.read(bytes, order))
        removingVdev = try Layout.removingVdev.read(bytes, order)
        previousIndirectVdev = try Layout.previousIndirectVdev.read(bytes, order)
        startTime = try Layout.startTime.read(bytes, order)
        endTime = try Layout.endTime.read(bytes, order)
        toCopy = try Layout.toCopy.read(bytes, order)
        copied = try Layout.copied.read(bytes, order)
    }
}
