/// A top-level vdev that can give no bytes, and why: a hole, a missing one, or one whose numbers are impossible.
struct AbsentLayout: VdevLayout {
    let error: VdevError

    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        throw error
    }

    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation] {
        throw error
    }

    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        throw error
    }

    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite] {
        throw error
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        throw error
    }

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        throw error
    }
}
