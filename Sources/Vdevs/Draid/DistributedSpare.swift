import Bytes

/// One of the spares spread over a dRAID, standing in for one of its children.
struct DistributedSpare: Sendable {
    let name: String
    /// Its own, by which its missed transaction groups are listed.
    let guid: GUID
    /// The dRAID, and which of its spares.
    let reference: VdevNode.SpareReference

    /// The child that holds the bytes at `offset` from the start of a device, with the place it is read from.
    func resolve(
        at offset: UInt64, _ place: VdevPlace
    ) throws(VdevError) -> (Member, VdevPlace) {
        guard place.depth < VdevTree.maximumDepth else { throw .circle(vdev: place.vdev) }
        guard offset >= Leaf.dataStart else { throw .missing(name) }
        for top in place.tree.tops where top.guid == reference.topGUID {
            guard let layout = top.layout as? StripedLayout<DraidGeometry>,
                let child = layout.geometry.child(
                    ofSpare: reference.index, at: offset - Leaf.dataStart),
                layout.geometry.members.indices.contains(child)
            else { break }
            return (
                layout.geometry.members[child], place.moved(to: place.vdev, offset: place.offset)
            )
        }
        throw .missing(name)
    }
}
