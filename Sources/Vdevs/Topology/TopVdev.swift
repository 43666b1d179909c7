package import Bytes

/// A top-level vdev: a number that DVAs name, and the layout that turns offsets into sectors.
package struct TopVdev: Sendable {
    /// The number in DVAs.
    package let id: UInt32
    /// What its configuration says.
    package let node: VdevNode
    /// Why it can't be read at all, if so.
    package let problem: VdevError?
    let layout: any VdevLayout

    init(id: UInt32, node: VdevNode, layout: any VdevLayout) {
        self.id = id
        self.node = node
        self.layout = layout
        problem = (layout as? AbsentLayout)?.error
    }

    package var kind: VdevKind { node.kind }
    package var guid: GUID { node.guid }

    /// How many columns a block of that birth has on a RAID-Z that was made wider since it was created, or is being made
    /// wider; nil where all blocks are spread alike.
    package func expandedWidth(birth: TransactionGroup) -> Int? {
        guard let geometry = (layout as? StripedLayout<RaidzGeometry>)?.geometry,
            geometry.originalWidth < geometry.members.count
        else { return nil }
        return geometry.logicalWidth(birth: birth)
    }

    /// The length of a dynamic gang header here: the bytes that the smallest allocation stores
    /// (`vdev_gang_header_psize`).
    package var gangHeaderByteCount: Int {
        guard (9...16).contains(node.ashift) else { return 512 }
        let columns = kind == .draid ? min(max(node.draid?.data ?? 1, 1), 255) : 1
        return Int(columns) << Int(node.ashift)
    }
}
