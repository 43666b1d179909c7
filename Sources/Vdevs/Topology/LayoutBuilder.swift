import Bytes
import Devices

/// Turns configurations into layouts, and numbers the leaves on the way.
struct LayoutBuilder {
    let devices: [GUID: any BlockDevice]
    let reflow: RaidzReflow
    /// Every leaf met so far, in the order of the tree.
    private(set) var leaves: [Leaf] = []

    init(devices: [GUID: any BlockDevice], reflow: RaidzReflow) {
        self.devices = devices
        self.reflow = reflow
    }

    /// The layout of a top-level vdev; one that only gives an error where the numbers are impossible.
    mutating func layout(of node: VdevNode, _ id: UInt32) -> any VdevLayout {
        // A vdev that is not there any more has no sectors.
        let isGone = node.kind == .hole || node.kind == .missing
        guard !isGone else { return AbsentLayout(error: .missing("\(node.kind) vdev \(id)")) }
        do throws(VdevError) {
            guard let ashift = UInt8(exactly: node.ashift), (9...16).contains(ashift) else {
                throw .geometry(
                    vdev: id, "has an ashift of \(node.ashift), which must be 9 to 16")
            }
            return try layout(of: node, id, ashift: ashift)
        } catch {
            return AbsentLayout(error: error)
        }
    }

    private mutating func layout(
        of node: VdevNode, _ id: UInt32, ashift: UInt8, depth: Int = 0
    ) throws(VdevError) -> any VdevLayout {
        guard depth < VdevTree.maximumDepth else { throw .circle(vdev: id) }
        switch node.kind {
        case .mirror where node.children.contains { $0.kind == .raidz || $0.kind == .draid }:
            var sides: [any VdevLayout] = []
            for child in node.children {
                sides.append(try layout(of: child, id, ashift: ashift, depth: depth + 1))
            }
            return LayeredMirror(sides: sides)
        case .disk, .file, .mirror, .replacing, .spare:
            return PlainLayout(member: member(node), ashift: ashift)
        case .raidz:
            let members = node.children.map { member($0) }
            return StripedLayout(
                geometry: try RaidzGeometry(
                    node, id: id, ashift: ashift, members: members, reflow: reflow))
        case .draid:
            let members = node.children.map { member($0) }
            return StripedLayout(
                geometry: try DraidGeometry(node, id: id, ashift: ashift, members: members))
        case .indirect:
            return IndirectLayout(ashift: ashift)
        default:
            throw .geometry(vdev: id, "is of the unknown kind \"\(node.kind)\"")
        }
    }

    private mutating func member(_ node: VdevNode, depth: Int = 0) -> Member {
        if node.kind.isLeaf {
            let leaf = Leaf(
                index: leaves.count, guid: node.guid, name: node.name, device: devices[node.guid])
            leaves.append(leaf)
            return .leaf(leaf)
        }
        if node.kind == .distributedSpare, let reference = node.spareOf {
            return .distributedSpare(
                DistributedSpare(name: node.name, guid: node.guid, reference: reference))
        }
        guard node.kind.isMirrorLike, depth < VdevTree.maximumDepth, !node.children.isEmpty else {
            return .absent(node.name)
        }
        return .sides(node.children.map { member($0, depth: depth + 1) })
    }
}
