import Bytes

/// A RAID-Z or dRAID: blocks lie in columns on several children, with parity to find what is lost.
struct StripedLayout<Geometry: StripeGeometry>: VdevLayout {
    let geometry: Geometry

    func read(
        _ place: VdevPlace, into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        let map = try geometry.map(place, count: buffer.byteCount)
        if readData(map, place, into: &buffer), accept(buffer.bytes) { return }
        var repair = StripeRepair(geometry: geometry, map: map, place: place)
        try repair.read(into: &buffer, incidents: &incidents, accept: accept)
    }

    func locations(of place: VdevPlace, count: Int) throws(VdevError) -> [DeviceLocation] {
        let map = try geometry.map(place, count: count)
        return map.cells(withParity: true).flatMap { cell in
            let column = map[cell]
            return geometry.members[column.child].locations(
                at: column.offset, count: column.byteCount, role: map.role(of: cell), place)
        }
    }

    func forEachDataRun(
        of place: VdevPlace, count: Int, _ visit: (DataRun) -> Void
    ) throws(VdevError) {
        let map = try geometry.map(place, count: count)
        for cell in map.cells(withParity: false) {
            let column = map[cell]
            let held = min(column.byteCount, count - column.blockOffset)
            let leaf = try geometry.members[column.child].firstLeaf(at: column.offset, place)
            visit(
                DataRun(
                    leaf: leaf.index, offset: column.offset, blockOffset: column.blockOffset,
                    byteCount: held))
        }
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        geometry.storedSize(ofAllocated: size, place: place)
    }

    var allocationRule: AllocationRule? { geometry.allocationRule }

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        try geometry.allocatedSize(of: count, place: place)
    }

    /// Reads the data columns alone, which is all that a healthy vdev needs; false where one can't be read.
    private func readData(
        _ map: StripeMap, _ place: VdevPlace, into buffer: inout MutableRawSpan
    ) -> Bool {
        var cells = map.cells(withParity: false)
        for cell in cells where !geometry.members[map[cell].child].isPresent { return false }
        if map.rows.count > 2 {
            cells.sort {
                (map[$0].child, map[$0].offset) < (map[$1].child, map[$1].offset)
            }
        }
        var next = 0
        while next < cells.count {
            let run = Self.run(in: cells[next...], of: map)
            let done =
                run.count == 1
                ? readOne(map[cells[next]], place, into: &buffer)
                : readRun(cells[run], of: map, place, into: &buffer)
            guard done else { return false }
            next = run.upperBound
        }
        return true
    }

    /// The first cells of the list that follow each other on one child, as indices.
    private static func run(in cells: ArraySlice<StripeMap.Cell>, of map: StripeMap) -> Range<Int> {
        var end = cells.startIndex + 1
        while end < cells.endIndex {
            let (left, right) = (map[cells[end - 1]], map[cells[end]])
            guard left.child == right.child,
                left.offset + UInt64(left.byteCount) == right.offset
            else { break }
            end += 1
        }
        return cells.startIndex..<end
    }

    private func readOne(
        _ column: StripeMap.Column, _ place: VdevPlace, into buffer: inout MutableRawSpan
    ) -> Bool {
        // The last sector may be longer than what is left of the block.
        let count = min(column.byteCount, buffer.byteCount - column.blockOffset)
        guard count > 0 else { return true }
        do throws(OutOfBounds) {
            var part = try buffer.part(at: column.blockOffset, count: count)
            return geometry.members[column.child].readAny(
                at: column.offset, place: place, into: &part)
        } catch {
            return false
        }
    }

    /// Reads several columns at once and puts each in its place.
    private func readRun(
        _ cells: ArraySlice<StripeMap.Cell>, of map: StripeMap, _ place: VdevPlace,
        into buffer: inout MutableRawSpan
    ) -> Bool {
        guard let first = cells.first else { return true }
        let total = cells.reduce(0) { $0 + map[$1].byteCount }
        var bytes = [UInt8](repeating: 0, count: total)
        let column = map[first]
        let member = geometry.members[column.child]
        guard
            bytes.withMutableRawBytes({
                member.readAny(at: column.offset, place: place, into: &$0)
            })
        else { return false }
        var taken = 0
        for cell in cells {
            let column = map[cell]
            let count = min(column.byteCount, buffer.byteCount - column.blockOffset)
            if count > 0 {
                buffer.copy(
                    bytes.rawBytes.extracting(taken..<taken + count), to: column.blockOffset)
            }
            taken += column.byteCount
        }
        return true
    }
}
