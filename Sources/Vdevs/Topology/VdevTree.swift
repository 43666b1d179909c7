package import Bytes
package import Devices
import Synchronization

/// The pool's vdevs, joined with the devices at hand: turns an address into bytes.
///
/// Every device may be missing, short or lying. What a layout's redundancy covers is read all the same, with
/// incidents that say what failed; the caller judges candidate bytes by their checksum.
package final class VdevTree: Sendable {
    /// The top-level vdevs in the order of their numbers; numbers that the configuration leaves out are missing.
    package let tops: [TopVdev]
    /// The devices at hand, by the GUIDs of their leaves.
    package let devices: [GUID: any BlockDevice]
    let mappings = Mutex<[UInt32: IndirectMapping]>([:])

    /// The most top-level vdevs that are laid out; ids beyond it are no vdevs of any real pool.
    static let maximumTops = 1 << 16
    /// How often one vdev may lead to another before it is called a circle.
    static let maximumDepth = 64

    /// Joins the vdevs below `root` with `devices`, found by their GUID; `reflow` is the uberblock's word on an
    /// expansion of a RAID-Z that goes on.
    package init(
        root: VdevNode, devices: [GUID: any BlockDevice], reflow: RaidzReflow = RaidzReflow(word: 0)
    ) {
        self.devices = devices
        var byID: [UInt32: VdevNode] = [:]
        for node in root.children {
            guard let id = UInt32(exactly: node.id), id < Self.maximumTops, byID[id] == nil else {
                continue
            }
            byID[id] = node
        }
        let count = (byID.keys.max().map { $0 + 1 }) ?? 0
        tops = (0..<count).map { id in
            guard let node = byID[id] else {
                let node = VdevNode(.missing, id: UInt64(id), guid: GUID(0))
                return TopVdev(id: id, node: node, layout: AbsentLayout(error: .noSuchVdev(id)))
            }
            return TopVdev(id: id, node: node, layout: Self.layout(of: node, id, devices, reflow))
        }
    }

    private static func layout(
        of node: VdevNode, _ id: UInt32, _ devices: [GUID: any BlockDevice], _ reflow: RaidzReflow
    ) -> any VdevLayout {
        // A vdev that is not there any more has no sectors.
        let isGone = node.kind == .hole || node.kind == .missing
        guard !isGone else { return AbsentLayout(error: .missing("\(node.kind) vdev \(id)")) }
        guard let ashift = UInt8(exactly: node.ashift), (9...16).contains(ashift) else {
            return AbsentLayout(
                error: .geometry(vdev: id, "has an ashift of \(node.ashift), which must be 9 to 16")
            )
        }
        let members = node.children.map { member($0, devices) }
        do throws(VdevError) {
            switch node.kind {
            case .disk, .file, .mirror, .replacing, .spare:
                return PlainLayout(member: member(node, devices), ashift: ashift)
            case .raidz:
                return StripedLayout(
                    geometry: try RaidzGeometry(
                        node, id: id, ashift: ashift, members: members, reflow: reflow))
            case .draid:
                return StripedLayout(
                    geometry: try DraidGeometry(node, id: id, ashift: ashift, members: members))
            case .indirect:
                return IndirectLayout(ashift: ashift)
            default:
                throw .geometry(vdev: id, "is of the unknown kind \"\(node.kind)\"")
            }
        } catch {
            return AbsentLayout(error: error)
        }
    }

    private static func member(
        _ node: VdevNode, _ devices: [GUID: any BlockDevice], depth: Int = 0
    ) -> Member {
        if node.kind.isLeaf {
            return .leaf(Leaf(guid: node.guid, name: node.name, device: devices[node.guid]))
        }
        if node.kind == .distributedSpare, let reference = node.spareOf {
            return .distributedSpare(DistributedSpare(name: node.name, reference: reference))
        }
        guard node.kind.isMirrorLike, depth < maximumDepth, !node.children.isEmpty else {
            return .absent(node.name)
        }
        return .sides(node.children.map { member($0, devices, depth: depth + 1) })
    }
}

extension VdevTree {
    /// Fills `buffer` with the bytes at `dva` that `accept` recognises.
    ///
    /// The primitive that allocates nothing on a healthy device. `birth` is the physical birth of the block;
    /// `incidents` gets what failed on the way.
    package func read(
        _ dva: DVA, birth: TransactionGroup, into buffer: inout MutableRawSpan,
        incidents: inout [VdevIncident], accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        let top = try top(dva.vdev)
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: birth, depth: 0)
        try top.layout.read(place, into: &buffer, incidents: &incidents, accept: accept)
    }

    /// The `count` bytes at `dva` that `accept` recognises, with what failed on the way.
    package func read(
        dva: DVA, count: Int, physicalBirth: TransactionGroup, accept: (RawSpan) -> Bool
    ) throws(VdevError) -> VdevReadOutcome {
        var bytes = [UInt8](repeating: 0, count: count)
        var incidents: [VdevIncident] = []
        try bytes.withMutableRawBytes { (raw) throws(VdevError) in
            try read(dva, birth: physicalBirth, into: &raw, incidents: &incidents, accept: accept)
        }
        return VdevReadOutcome(bytes: bytes, incidents: incidents)
    }

    /// The bytes of one device at a place that `locations` told of.
    package func read(_ location: DeviceLocation) throws(VdevError) -> [UInt8] {
        guard let device = devices[location.guid] else { throw .missing(location.device) }
        guard let count = Int(exactly: location.byteCount) else {
            throw .overflow(vdev: 0, offset: location.offset)
        }
        do {
            return try device.read(at: location.offset, count: count)
        } catch {
            throw .device(error)
        }
    }

    /// Every run of bytes, on every device, that a block of `count` stored bytes at `dva` takes.
    package func locations(
        of dva: DVA, count: Int, physicalBirth: TransactionGroup
    ) throws(VdevError) -> [DeviceLocation] {
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: physicalBirth, depth: 0)
        return try top(dva.vdev).layout.locations(of: place, count: count)
    }

    /// How many bytes `count` stored bytes take on a vdev, parity and padding included.
    package func allocatedSize(
        of count: UInt64, vdev: UInt32, physicalBirth: TransactionGroup
    ) throws(VdevError) -> UInt64 {
        let place = VdevPlace(tree: self, vdev: vdev, offset: 0, birth: physicalBirth, depth: 0)
        return try top(vdev).layout.allocatedSize(of: count, place: place)
    }

    /// How many bytes a gang header takes, whatever its length and birth (`vdev_gang_header_asize`).
    package func gangHeaderAllocatedSize(vdev: UInt32) throws(VdevError) -> UInt64 {
        try allocatedSize(of: 512, vdev: vdev, physicalBirth: TransactionGroup(0))
    }

    /// The top-level vdev with that number.
    package func top(_ vdev: UInt32) throws(VdevError) -> TopVdev {
        guard Int(vdev) < tops.count else { throw .noSuchVdev(vdev) }
        return tops[Int(vdev)]
    }
}
