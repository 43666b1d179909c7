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
    /// Every leaf of the tree, present or not; `DataRun.leaf` counts in this order.
    package let leaves: [Leaf]
    /// The devices at hand, by the GUIDs of their leaves.
    package let devices: [GUID: any BlockDevice]
    private let allocationRules: [AllocationRule?]
    let mappings = Mutex<[UInt32: IndirectMapping]>([:])
    let missedTxgs = Mutex<[GUID: [Range<UInt64>]]>([:])
    /// Whether there are any, so that healthy mirrors take no lock.
    let hasMissedTxgs = Atomic<Bool>(false)

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
        var builder = LayoutBuilder(devices: devices, reflow: reflow)
        tops = (0..<count).map { id in
            guard let node = byID[id] else {
                let node = VdevNode(.missing, id: UInt64(id), guid: GUID(0))
                return TopVdev(id: id, node: node, layout: AbsentLayout(error: .noSuchVdev(id)))
            }
            return TopVdev(id: id, node: node, layout: builder.layout(of: node, id))
        }
        leaves = builder.leaves
        allocationRules = tops.map(\.layout.allocationRule)
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

    /// Visits the runs that hold the block's own bytes on healthy devices, without parity or further sides; throws where
    /// one of them is not there, so that the block has to be read through `read`.
    package func forEachDataRun(
        of dva: DVA, count: Int, physicalBirth: TransactionGroup, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        let place = VdevPlace(
            tree: self, vdev: dva.vdev, offset: dva.offset, birth: physicalBirth, depth: 0)
        try top(dva.vdev).layout.forEachDataRun(of: place, count: count, visit)
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
        if let size = allocationRule(of: vdev)?.allocatedSize(of: count) { return size }
        let place = VdevPlace(tree: self, vdev: vdev, offset: 0, birth: physicalBirth, depth: 0)
        return try top(vdev).layout.allocatedSize(of: count, place: place)
    }

    /// How many bytes blocks take on a vdev; nil where that depends on more than their size.
    package func allocationRule(of vdev: UInt32) -> AllocationRule? {
        Int(vdev) < allocationRules.count ? allocationRules[Int(vdev)] : nil
    }

    /// The most bytes that can be stored in `size` allocated ones, as a number that a read can ask for.
    package func storedSize(
        ofAllocated size: UInt64, vdev: UInt32, physicalBirth: TransactionGroup
    ) throws(VdevError) -> Int {
        let place = VdevPlace(tree: self, vdev: vdev, offset: 0, birth: physicalBirth, depth: 0)
        let stored = try top(vdev).layout.storedSize(ofAllocated: size, place: place)
        guard stored > 0, stored <= UInt64(StripeMap.maximumByteCount) else {
            throw .unsuitableSize(vdev: vdev, size: size)
        }
        return Int(stored)
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
