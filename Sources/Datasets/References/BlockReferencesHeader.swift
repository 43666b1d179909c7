package import Bytes

/// The totals of one top-level vdev's block reference table, in the bonus of its counter array.
///
/// Mirrors `brt_vdev_phys_t` (`include/sys/brt_impl.h`).
package struct BlockReferencesHeader: FixedStructure, Hashable {
    /// `bvp_mos_entries`: the ZAP of entries.
    package var entries: UInt64
    /// `bvp_size`: how many counters the array has, one for each range.
    package var size: UInt64
    /// `bvp_byteorder`: the order of the counters' bytes: 0 little, 1 big.
    package var byteOrder: UInt64
    /// `bvp_totalcount`: the sum of the counters: how many entries there are.
    package var totalCount: UInt64
    /// `bvp_rangesize`: how much of the vdev one counter stands for.
    package var rangeSize: UInt64
    /// `bvp_usedspace`: what the cloned blocks take.
    package var usedSpace: UInt64
    /// `bvp_savedspace`: what their further references would take without cloning.
    package var savedSpace: UInt64

    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        entries = try Layout.entries.read(bytes, order)
        size = try Layout.size.read(bytes, order)
        byteOrder = try Layout.byteOrder.read(bytes, order)
        totalCount = try Layout.totalCount.read(bytes, order)
        rangeSize = try Layout.rangeSize.read(bytes, order)
        usedSpace = try Layout.usedSpace.read(bytes, order)
        savedSpace = try Layout.savedSpace.read(bytes, order)
    }
}
