/// How the space of one top-level vdev is cut into metaslabs and allocation units.
package struct VdevGeometry: Sendable, Hashable {
    /// The vdev's index in the pool.
    package let vdev: UInt32
    /// log2 of the smallest allocation, in bytes (`vdev_ashift`).
    package let ashift: UInt8
    /// log2 of a metaslab's size, in bytes (`vdev_ms_shift`).
    package let metaslabShift: UInt8
    /// How many whole metaslabs there are (`vdev_ms_count`).
    package let metaslabCount: Int

    /// A geometry that the arithmetic of this module can carry, or nil.
    ///
    /// The limits are those of ZFS with room to spare: a metaslab of at most 2^44 allocation units, and
    /// a vdev that ends below 2^63 bytes.
    package init?(vdev: UInt32, ashift: UInt64, metaslabShift: UInt64, allocatableSize: UInt64) {
        guard (9...16).contains(ashift), metaslabShift >= ashift, metaslabShift < 60,
            metaslabShift - ashift <= 40, allocatableSize < 1 << 62,
            let count = Int(exactly: allocatableSize >> metaslabShift)
        else { return nil }
        self.vdev = vdev
        self.ashift = UInt8(ashift)
        self.metaslabShift = UInt8(metaslabShift)
        metaslabCount = count
    }

    /// Allocation units in a metaslab.
    package var unitsPerMetaslab: Int { 1 << Int(metaslabShift - ashift) }
    /// Bytes in a metaslab.
    package var metaslabSize: UInt64 { 1 << UInt64(metaslabShift) }
    /// The allocation units of metaslab `index` that a range within it covers.
    package func units(_ bytes: Range<UInt64>, ofMetaslab index: Int) -> Range<Int> {
        let base = start(ofMetaslab: index)
        // Sound: the range lies in the metaslab, whose units fit an Int.
        let lower = Int(truncatingIfNeeded: (bytes.lowerBound &- base) >> UInt64(ashift))
        return
            lower..<max(
                lower, Int(truncatingIfNeeded: (bytes.upperBound &- base) >> UInt64(ashift)))
    }

    /// The bytes of a run of allocation units of metaslab `index`.
    package func bytes(_ units: Range<Int>, ofMetaslab index: Int) -> Range<UInt64> {
        let base = start(ofMetaslab: index)
        let shift = UInt64(ashift)
        return base + UInt64(truncatingIfNeeded: units.lowerBound) << shift..<base
            + UInt64(truncatingIfNeeded: units.upperBound) << shift
    }

    /// Where metaslab `index` begins, in bytes from the start of the vdev's allocatable space.
    package func start(ofMetaslab index: Int) -> UInt64 {
        UInt64(truncatingIfNeeded: index) << UInt64(metaslabShift)
    }
}
