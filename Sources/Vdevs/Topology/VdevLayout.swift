/// How one kind of top-level vdev lays its allocatable space out on devices.
protocol VdevLayout: Sendable {
    /// Fills `buffer` with the bytes at `place` that `accept` recognises, trying whatever redundancy there is.
    ///
    /// `incidents` gets what failed on the way; after an error the contents of `buffer` are of no use.
    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError)

    /// The runs of bytes that hold a block of `count` bytes, redundancy included.
    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation]

    /// Visits the runs of a block's own bytes on the devices that are asked first.
    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError)

    /// What must be written to which devices so that a block lies at `place`; those that are not there included.
    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite]

    /// Visits every run of bytes that a block of proven contents takes on any device, with what should stand there.
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError)

    /// How many bytes a block of `count` stored bytes takes on the vdev (`vdev_psize_to_asize`).
    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64

    /// The same as a rule, where it depends on nothing but `count`.
    var allocationRule: AllocationRule? { get }

    /// The most bytes that can be stored in so many (`vdev_asize_to_psize`).
    func storedSize(ofAllocated size: UInt64, place: VdevPlace) throws(VdevError) -> UInt64
}

extension VdevLayout {
    var allocationRule: AllocationRule? { nil }
}
