package import Vdevs

extension VdevConfig {
    /// The most counters that the block reference table of this top-level vdev may have, one for each `rangeSize` bytes of
    /// its whole metaslabs; nil where its size is not known.
    ///
    /// The kernel panics on a table with more. Mirrors `brt_vdev_realloc` (`module/zfs/brt.c`).
    package func mostReferenceCounters(rangeSize: UInt64) -> UInt64? {
        guard let asize, rangeSize > 0 else { return nil }
        let shift = metaslabShift ?? 0
        let whole = shift < 64 ? (asize >> shift) << shift : 0
        return whole == 0 ? nil : (whole - 1) / rangeSize + 1
    }
}
