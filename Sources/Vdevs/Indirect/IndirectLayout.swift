import Bytes

/// A removed top-level vdev: each read goes to where its mapping says the bytes are now.
///
/// A block whose pieces went to different places can only be judged as a whole, so where the first reading is wrong all
/// copies of all pieces are tried in combination. Mirrors `vdev_indirect_io_start` and
/// `vdev_indirect_reconstruct_io_done` (`module/zfs/vdev_indirect.c`).
struct IndirectLayout: VdevLayout {
    let ashift: UInt8

    /// How many combinations are tried (`zfs_reconstruct_indirect_combinations_max`).
    static let maximumCombinations = 4096
    /// How many different versions of one piece are kept.
    static let maximumVersions = 8
    /// How many pieces one block may have; the largest has no more sectors.
    static let maximumSegments = 1 << 16

    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        let segments = try segments(of: place, count: buffer.byteCount)
        if segments.count == 1 {
            let target = place.moved(to: segments[0].vdev, offset: segments[0].offset)
            return try place.tree.top(target.vdev).layout.read(
                target, into: &buffer, incidents: &incidents, accept: accept)
        }
        if readOnce(segments, place, into: &buffer), accept(buffer.bytes) { return }
        var repair = try SplitRepair(segments, place)
        try repair.search(into: &buffer, accept: accept)
        repair.report(&incidents)
    }

    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation] {
        var locations: [DeviceLocation] = []
        for segment in try segments(of: place, count: count) {
            let target = place.moved(to: segment.vdev, offset: segment.offset)
            let found = try place.tree.top(target.vdev).layout.locations(
                of: target, count: segment.byteCount)
            locations += found.map { $0.shifted(inBlockBy: UInt64(segment.blockOffset)) }
        }
        return locations
    }

    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        for segment in try segments(of: place, count: count) {
            let target = place.moved(to: segment.vdev, offset: segment.offset)
            try place.tree.top(target.vdev).layout.forEachDataRun(
                of: target, count: segment.byteCount
            ) { run in
                visit(
                    DataRun(
                        leaf: run.leaf, offset: run.offset,
                        blockOffset: run.blockOffset + segment.blockOffset,
                        byteCount: run.byteCount))
            }
        }
    }

    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite] {
        throw .geometry(vdev: place.vdev, "was removed, so nothing can be written to it")
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

    /// Reads each piece from the first side that gives any bytes.
    private func readOnce(
        _ segments: [IndirectSegment], _ place: VdevPlace, into buffer: inout MutableRawSpan
    ) -> Bool {
        var incidents: [VdevIncident] = []
        for segment in segments {
            do {
                let target = place.moved(to: segment.vdev, offset: segment.offset)
                let layout = try place.tree.top(target.vdev).layout
                var part = try buffer.part(at: segment.blockOffset, count: segment.byteCount)
                try layout.read(target, into: &part, incidents: &incidents, accept: { _ in true })
            } catch {
                return false
            }
        }
        return true
    }

    /// Follows the mapping, and those of vdevs that were removed later, to vdevs that are there.
    func segments(of place: VdevPlace, count: Int) throws(VdevError) -> [IndirectSegment] {
        guard place.offset <= StripeMap.maximumOffset, count <= StripeMap.maximumByteCount else {
            throw .overflow(vdev: place.vdev, offset: place.offset)
        }
        var found: [IndirectSegment] = []
        try follow(place, at: 0, count: count, &found)
        return found
    }

    private func follow(
        _ place: VdevPlace, at blockOffset: Int, count: Int, _ found: inout [IndirectSegment]
    ) throws(VdevError) {
        guard place.depth < VdevTree.maximumDepth else { throw .circle(vdev: place.vdev) }
        guard let mapping = place.tree.mapping(of: place.vdev) else {
            throw .noMapping(vdev: place.vdev)
        }
        var done = 0
        while done < count {
            // Sound: segments() bounded the offset, and every further one is a DVA's.
            let (offset, overflow) = place.offset.addingReportingOverflow(UInt64(done))
            guard !overflow, let entry = mapping.entry(at: offset) else {
                throw .unmapped(vdev: place.vdev, offset: offset)
            }
            let inner = offset - entry.source
            // An entry that covers the offset is longer than `inner`, so this is at least 1.
            let taken = Int(min(UInt64(count - done), entry.byteCount - inner))
            let (target, beyond) = entry.destination.offset.addingReportingOverflow(inner)
            guard !beyond, found.count < Self.maximumSegments else {
                throw .overflow(vdev: entry.destination.vdev, offset: entry.destination.offset)
            }
            let vdev = entry.destination.vdev
            let next = place.moved(to: vdev, offset: target)
            if try place.tree.top(vdev).layout is IndirectLayout {
                try follow(next, at: blockOffset + done, count: taken, &found)
            } else {
                found.append(
                    IndirectSegment(
                        blockOffset: blockOffset + done, byteCount: taken, vdev: vdev,
                        offset: target))
            }
            done += taken
        }
    }
}
