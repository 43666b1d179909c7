import Bytes

/// A mirror whose sides are whole RAID-Z groups, as ztest makes them and zpool(8) no longer does.
///
/// Each side lays the same offsets out by itself. Mirrors `vdev_mirror_io_start` (`module/zfs/vdev_mirror.c`)
/// and `vdev_default_asize` (`module/zfs/vdev.c`).
struct LayeredMirror: VdevLayout {
    /// At least one.
    let sides: [any VdevLayout]

    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        var causes: [VdevError] = []
        for side in sides {
            do {
                return try side.read(
                    place, into: &buffer, incidents: &incidents, accept: accept)
            } catch {
                causes.append(error)
            }
        }
        throw causes.count == 1 ? causes[0] : .noSide(causes)
    }

    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation] {
        var locations: [DeviceLocation] = []
        for side in sides { locations += try side.locations(of: place, count: count) }
        return locations
    }

    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        var causes: [VdevError] = []
        for side in sides {
            var runs: [DataRun] = []
            do {
                try side.forEachDataRun(of: place, count: count) { runs.append($0) }
            } catch {
                causes.append(error)
                continue
            }
            for run in runs { visit(run) }
            return
        }
        throw .noSide(causes)
    }

    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite] {
        var writes: [DeviceWrite] = []
        for side in sides { writes += try side.writes(of: bytes, to: place) }
        return writes
    }

    /// The side that needs most decides.
    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        var largest: UInt64 = 0
        for side in sides {
            largest = max(largest, try side.allocatedSize(of: count, place: place))
        }
        return largest
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        var smallest = size
        for side in sides {
            smallest = min(smallest, try side.storedSize(ofAllocated: size, place: place))
        }
        return smallest
    }
}
