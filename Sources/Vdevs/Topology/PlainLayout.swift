import Bytes

/// A single device or a mirror: each offset is the same one on every device.
struct PlainLayout: VdevLayout {
    let member: Member
    let ashift: UInt8

    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        try member.read(
            at: deviceOffset(place), role: .data(blockOffset: 0), place: place, into: &buffer,
            incidents: &incidents, accept: accept)
    }

    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation] {
        member.locations(
            at: try deviceOffset(place), count: count, role: .data(blockOffset: 0), place)
    }

    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        let offset = try deviceOffset(place)
        let leaf = try member.firstLeaf(at: offset, place)
        visit(DataRun(leaf: leaf.index, offset: offset, blockOffset: 0, byteCount: count))
    }

    var allocationRule: AllocationRule? { .plain(shift: ashift) }

    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite] {
        member.writes(of: bytes.filled(toShift: ashift), at: try deviceOffset(place), place)
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        size
    }

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        do {
            return try count.roundedUp(toShift: ashift)
        } catch {
            throw .overflow(vdev: place.vdev, offset: place.offset)
        }
    }

    func deviceOffset(_ place: VdevPlace) throws(VdevError) -> UInt64 {
        do {
            return try place.offset.adding(Leaf.dataStart)
        } catch {
            throw .overflow(vdev: place.vdev, offset: place.offset)
        }
    }
}
