import Vdevs

/// What a walk asks of a vdev for each address on it, as plain numbers.
///
/// Each worker has copies of its own: to ask objects that all share counts references, and threads that count the same
/// references wait for each other.
struct VdevBounds: Sendable {
    let geometry: VdevGeometry
    /// Where its last metaslab ends, in bytes from the start of its allocatable space.
    let end: UInt64
    /// How many bytes a block takes; nil where that depends on more than its size.
    private let rule: AllocationRule?

    init(_ geometry: VdevGeometry, _ rule: AllocationRule?) {
        self.geometry = geometry
        self.rule = rule
        end = geometry.start(ofMetaslab: geometry.metaslabCount)
    }

    /// Whether nothing can be said about an address of a block of `count` stored bytes: no gang, whole sectors within one
    /// metaslab, and as many as the block takes.
    ///
    /// Nearly all addresses are such; `PointerSpace` tells what is wrong with the others, if anything is.
    func holds(_ address: DVA, storing count: Int) -> Bool {
        let (offset, size) = (address.offset, address.allocatedSize)
        guard !address.isGang, size > 0, size <= end, offset <= end - size else { return false }
        let shift = UInt64(geometry.metaslabShift)
        return (offset | size) & (1 << UInt64(geometry.ashift) - 1) == 0
            && offset >> shift == (offset + size - 1) >> shift
            && rule?.allocatedSize(of: UInt64(truncatingIfNeeded: count)) == size
    }
}
