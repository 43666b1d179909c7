import Bytes

/// How far the expansion of a RAID-Z has come, as the uberblock records it.
///
/// Mirrors `ub_raidz_reflow_info` and its `RRSS_*` macros (`include/sys/uberblock_impl.h`).
package struct RaidzReflow: Sendable, Hashable {
    package let word: UInt64
    package init(word: UInt64) { self.word = word }

    private enum Bits {
        static let offset = BitField(low: 0, count: 55)
        static let state = BitField(low: 55, count: 9)
    }

    /// Sectors of the vdev before this byte offset lie at their new places.
    package var offset: UInt64 { Bits.offset.read(word) << 9 }
    /// 1 when the first sectors must be read from the scratch area.
    package var scratchState: UInt64 { Bits.state.read(word) }
    /// The moved sectors are only in the scratch area so far (`RRSS_SCRATCH_VALID`).
    package var usesScratch: Bool { scratchState == 1 }
}
