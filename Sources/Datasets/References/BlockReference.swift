package import Bytes

/// A block that several files share without dedup: where it lies and how many references it has more than one.
package struct BlockReference: Sendable, Hashable {
    /// Bytes from the start of the vdev's allocatable space.
    package let offset: UInt64
    /// References besides the first.
    package let extra: UInt64

    package var record: Record {
        Record(["offset": .offset(offset), "extra_references": .number(extra)])
    }
}
