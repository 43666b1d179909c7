/// A piece of a block on a removed vdev, at the place where it lies now.
package struct IndirectSegment: Sendable, Hashable {
    /// Where the piece stands in the block, in bytes.
    package let blockOffset: Int
    /// How many bytes it has.
    package let byteCount: Int
    /// A top-level vdev that is not removed itself, and the offset on it.
    package let vdev: UInt32
    package let offset: UInt64
}
