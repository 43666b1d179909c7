package import Bytes
package import Vdevs

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

extension SpaceRange {
    /// The space of an address; nil where it is empty or passes 64 bits.
    package init?(_ address: BlockAddress) {
        let (end, overflow) = address.offset.addingReportingOverflow(address.allocatedSize)
        guard !overflow, address.allocatedSize > 0 else { return nil }
        self.init(vdev: address.vdev, bytes: address.offset..<end)
    }
}
