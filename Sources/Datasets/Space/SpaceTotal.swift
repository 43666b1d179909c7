package import Bytes

/// An amount of space and how much of it is in use, in bytes of allocatable space, parity included.
package struct SpaceTotal: Sendable, Hashable {
    package var size: UInt64 = 0
    package var allocated: UInt64 = 0

    package init(size: UInt64 = 0, allocated: UInt64 = 0) {
        self.size = size
        self.allocated = allocated
    }

    package mutating func add(_ other: SpaceTotal) {
        size.addClamped(other.size)
        allocated.addClamped(other.allocated)
    }

    package var free: UInt64 { size > allocated ? size - allocated : 0 }
    /// The share in use, 0 to 1.
    package var share: Double { size == 0 ? 0 : Double(allocated) / Double(size) }

    package var record: Record {
        Record([
            "size": .bytes(size), "allocated": .bytes(allocated), "free": .bytes(free),
            "share": .ratio(share),
        ])
    }
}
