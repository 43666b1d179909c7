package import Bytes

/// A run of the space of one top-level vdev.
package struct SpaceRange: Sendable, Hashable {
    /// The vdev's number.
    package let vdev: UInt32
    /// In bytes from the start of the vdev's allocatable space; below 2^63.
    package let bytes: Range<UInt64>

    package init(vdev: UInt32, bytes: Range<UInt64>) {
        self.vdev = vdev
        self.bytes = bytes
    }

    package var record: Record {
        Record([
            "vdev": .number(UInt64(vdev)), "offset": .offset(bytes.lowerBound),
            "size": .bytes(bytes.upperBound - bytes.lowerBound),
        ])
    }
}
