import Bytes

/// Where a read goes: an offset on one top-level vdev, with what finding its sectors needs besides.
struct VdevPlace: Sendable {
    /// The tree, in which removed vdevs and distributed spares find their targets.
    let tree: VdevTree
    let vdev: UInt32
    /// Bytes from the start of the vdev's allocatable space.
    let offset: UInt64
    /// When the stored bytes were written, which decides the width of an expanded RAID-Z.
    let birth: TransactionGroup
    /// How many vdevs referred to each other so far; bounded, since a mapping can form a circle.
    let depth: Int

    func moved(to vdev: UInt32, offset: UInt64) -> VdevPlace {
        VdevPlace(tree: tree, vdev: vdev, offset: offset, birth: birth, depth: depth + 1)
    }
}
