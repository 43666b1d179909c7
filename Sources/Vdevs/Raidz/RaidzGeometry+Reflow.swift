package import Bytes

extension RaidzGeometry {
    /// For each row of a block of `count` stored bytes, from which progress on it is read from its new place, in bytes and
    /// ascending; none where no expansion goes on.
    ///
    /// A row that the progress divides is read from its old place (`vdev_raidz_map_alloc_expanded`).
    func reflowSteps(_ place: VdevPlace, count: Int) -> [UInt64] {
        guard isReflowing, count > 0, count <= StripeMap.maximumByteCount,
            place.offset <= StripeMap.maximumOffset
        else { return [] }
        let shape = StripeShape(
            sectors: (count + (1 << Int(ashift)) - 1) >> Int(ashift),
            width: logicalWidth(birth: place.birth), parity: parity)
        let first = place.offset >> UInt64(ashift)
        return (0..<shape.rows).map { row in
            // Sound: the offset and the count are bounded above.
            (first + UInt64(row * shape.width) + UInt64(shape.columns)) << UInt64(ashift)
        }
    }
}

extension VdevTree {
    /// For each row of a block on a RAID-Z that is being expanded, from which progress on it is read from its new place;
    /// none for blocks on any other vdev.
    package func reflowSteps(of dva: DVA, count: Int, birth: TransactionGroup) -> [UInt64] {
        guard let layout = (try? top(dva.vdev))?.layout as? StripedLayout<RaidzGeometry> else {
            return []
        }
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: birth, depth: 0)
        return layout.geometry.reflowSteps(place, count: count)
    }
}
