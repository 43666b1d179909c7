import Bytes
import Vdevs

/// What a search for owners looks for: pieces of vdevs, or a piece of one device.
enum OwnerTarget: Sendable {
    case space(WantedRanges)
    /// Which blocks touch it depends on the layout of their vdev, so each block is laid out and compared.
    case device(DeviceRange)

    /// Gives the number of each wanted piece that `range` touches; `birth` decides how an expanded RAID-Z lays it out.
    func forEachMatch(
        _ range: SpaceRange, birth: TransactionGroup, _ vdevs: VdevTree, _ body: (Int) -> Void
    ) {
        switch self {
        case .space(let wanted): wanted.forEachMatch(range, body)
        case .device(let wanted): if touches(range, birth, wanted, vdevs) { body(0) }
        }
    }

    private func touches(
        _ range: SpaceRange, _ birth: TransactionGroup, _ wanted: DeviceRange, _ vdevs: VdevTree
    ) -> Bool {
        let size = range.bytes.upperBound - range.bytes.lowerBound
        let address = DVA(
            vdev: range.vdev, offset: range.bytes.lowerBound, allocatedSize: size)
        do throws(VdevError) {
            let count = try vdevs.storedSize(
                ofAllocated: size, vdev: range.vdev, physicalBirth: birth)
            return try vdevs.locations(of: address, count: count, physicalBirth: birth)
                .contains { location in
                    location.guid == wanted.leaf && location.offset < wanted.bytes.upperBound
                        && location.offset + location.byteCount > wanted.bytes.lowerBound
                }
        } catch {
            return false
        }
    }
}
