import Bytes

/// What the pool's own books say of its space: metaslabs with the log space maps folded in, for each vdev.
package struct SpaceBooks: Sendable {
    /// One for each top-level vdev that holds space, in order.
    package let vdevs: [VdevSpace]
    /// Vdevs that are left out, since they have more metaslabs than were asked for.
    package let tooLarge: [UInt32]
    package let logs: LogSpaceMaps

    /// The vdev of that number; nil where it holds no space of its own.
    package func vdev(_ id: UInt32) -> VdevSpace? { vdevs.first { $0.id == id } }

    /// The totals of one class of vdevs.
    package func total(of allocationClass: AllocationClass? = nil) -> SpaceTotal {
        var total = SpaceTotal()
        for vdev in vdevs where allocationClass == nil || vdev.allocationClass == allocationClass {
            total.add(vdev.total)
        }
        return total
    }
}
