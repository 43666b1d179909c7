import Bytes

/// The columns of a RAID-Z, which may have been made wider since a block was written.
///
/// Mirrors `vdev_raidz_map_alloc` and `vdev_raidz_map_alloc_expanded` (`module/zfs/vdev_raidz.c`).
struct RaidzGeometry: StripeGeometry {
    let members: [Member]
    let ashift: UInt8
    let parity: Int
    /// The children it was created with.
    let originalWidth: Int
    /// From which txg on blocks are how wide, oldest first.
    private let widths: [(txg: UInt64, width: Int)]
    /// How far the sectors were moved, while an expansion goes on.
    private let reflow: RaidzReflow?
    var isReflowing: Bool { reflow != nil }

    var fillsRows: Bool { false }

    /// Judges the numbers of a configuration.
    init(
        _ node: VdevNode, id: UInt32, ashift: UInt8, members: [Member], reflow: RaidzReflow
    ) throws(VdevError) {
        guard (1...UInt64(RaidzMath.maximumParity)).contains(node.parity) else {
            throw .geometry(vdev: id, "has \(node.parity) parity columns, which must be 1 to 3")
        }
        let parity = Int(node.parity)
        guard members.count > parity, members.count <= RaidzMath.maximumColumns else {
            throw .geometry(
                vdev: id, "has \(members.count) children for \(parity) parity columns")
        }
        let grown = node.expansionTxgs.count.addingReportingOverflow(node.isExpanding ? 1 : 0)
        guard !grown.overflow, members.count - parity > grown.partialValue else {
            throw .geometry(
                vdev: id, "was expanded more often than its \(members.count) children allow")
        }
        self.members = members
        self.ashift = ashift
        self.parity = parity
        originalWidth = members.count - grown.partialValue
        let first = originalWidth + 1
        widths = node.expansionTxgs.enumerated().map { (txg: $1, width: first + $0) }
            .sorted { $0.txg < $1.txg }
        self.reflow = node.isExpanding ? reflow : nil
    }

    /// How many columns a block of that birth was spread over (`vdev_raidz_get_logical_width`).
    func logicalWidth(birth: TransactionGroup) -> Int {
        widths.last { $0.txg <= birth.rawValue }?.width ?? originalWidth
    }

    func map(_ place: VdevPlace, count: Int) throws(VdevError) -> StripeMap {
        guard place.offset & ((UInt64(1) << UInt64(ashift)) - 1) == 0 else {
            throw .misaligned(vdev: place.vdev, offset: place.offset)
        }
        guard place.offset <= StripeMap.maximumOffset, count <= StripeMap.maximumByteCount else {
            throw .overflow(vdev: place.vdev, offset: place.offset)
        }
        let width = logicalWidth(birth: place.birth)
        let shape = StripeShape(
            sectors: (count + (1 << Int(ashift)) - 1) >> Int(ashift), width: width, parity: parity)
        return width == members.count
            ? plainMap(place.offset, shape) : expandedMap(place.offset, shape)
    }

    func suspects(in map: StripeMap) -> [[StripeMap.Cell]] {
        let cells = map.cells(withParity: true)
        var suspects: [[StripeMap.Cell]] = []
        // A child that was wrong before an expansion had its sectors moved across the others since, so each
        // of the former widths gives other groups (`raidz_simulate_failure`).
        for width in stride(from: members.count, through: originalWidth, by: -1) {
            var groups = [[StripeMap.Cell]](repeating: [], count: width)
            for cell in cells {
                let column = map[cell]
                let row = (column.offset &- Leaf.dataStart) >> UInt64(ashift)
                let sector = row &* UInt64(members.count) &+ UInt64(column.child)
                groups[Int(sector % UInt64(width))].append(cell)
            }
            for group in groups where !group.isEmpty && !suspects.contains(group) {
                suspects.append(group)
            }
        }
        return suspects
    }

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        let rule = rule(ofWidth: logicalWidth(birth: place.birth))
        guard let size = rule.allocatedSize(of: count) else {
            throw .overflow(vdev: place.vdev, offset: count)
        }
        return size
    }

    /// A block keeps the width that the vdev had when it was written.
    var allocationRule: AllocationRule? { widths.isEmpty ? rule(ofWidth: originalWidth) : nil }

    private func rule(ofWidth width: Int) -> AllocationRule {
        .raidz(
            shift: ashift, parity: UInt8(clamping: parity), data: UInt8(clamping: width - parity))
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) -> UInt64 {
        let width = UInt64(logicalWidth(birth: place.birth))
        var sectors = size >> UInt64(ashift)
        let full = sectors / width * width
        // What is left of a row after its parity would hold no data is padding.
        if sectors - full <= UInt64(parity) { sectors = full }
        let rows = sectors / width + (sectors % width == 0 ? 0 : 1)
        return (sectors - rows * UInt64(parity)) << UInt64(ashift)
    }

    /// One row whose columns are as high as the block needs; the sectors stand where they were written.
    private func plainMap(_ offset: UInt64, _ shape: StripeShape) -> StripeMap {
        let width = UInt64(members.count)
        let sector = offset >> UInt64(ashift)
        var columns: [StripeMap.Column] = []
        columns.reserveCapacity(shape.columns)
        for index in 0..<shape.columns {
            // Sound: map() bounded the offset, and the index is below 255.
            let place = sector % width + UInt64(index)
            columns.append(
                StripeMap.Column(
                    child: Int(place % width),
                    offset: Leaf.dataStart + (sector / width + place / width) << UInt64(ashift),
                    byteCount: shape.height(of: index) << Int(ashift),
                    blockOffset: shape.firstSector(of: index) << Int(ashift)))
        }
        swapParity(offset, &columns)
        return StripeMap(
            parity: parity, sectorByteCount: 1 << Int(ashift),
            rows: [StripeMap.Row(columns: columns)])
    }

    /// One row for each row of sectors, since sectors that were one above the other have moved apart.
    private func expandedMap(_ offset: UInt64, _ shape: StripeShape) -> StripeMap {
        var rows: [StripeMap.Row] = []
        rows.reserveCapacity(shape.rows)
        for row in 0..<shape.rows {
            let first = offset >> UInt64(ashift) + UInt64(row * shape.width)
            var width = UInt64(members.count)
            var start = Leaf.dataStart
            if let reflow {
                if first + UInt64(shape.columns) > reflow.offset >> UInt64(ashift) {
                    width -= 1
                } else if reflow.state == .valid {
                    start -= Self.bootSize
                }
            }
            var columns: [StripeMap.Column] = []
            columns.reserveCapacity(shape.columns)
            for index in 0..<shape.columns {
                let sector = first + UInt64(index)
                let isPresent = row < shape.height(of: index)
                columns.append(
                    StripeMap.Column(
                        child: Int(sector % width),
                        offset: start + (sector / width) << UInt64(ashift),
                        byteCount: isPresent ? 1 << Int(ashift) : 0,
                        blockOffset: isPresent && index >= parity
                            ? (shape.firstSector(of: index) + row) << Int(ashift) : 0))
            }
            swapParity(offset, &columns)
            rows.append(StripeMap.Row(columns: columns))
        }
        return StripeMap(parity: parity, sectorByteCount: 1 << Int(ashift), rows: rows)
    }

    /// The boot area between the front labels and the data, where the first moved sectors are put down
    /// (`VDEV_BOOT_SIZE`).
    static let bootSize: UInt64 = 7 << 19

    /// In every second MiB a single parity changes places with the first data column.
    private func swapParity(_ offset: UInt64, _ columns: inout [StripeMap.Column]) {
        guard parity == 1, columns.count > 1, offset & 1 << 20 != 0 else { return }
        let (child, place) = (columns[0].child, columns[0].offset)
        columns[0].child = columns[1].child
        columns[0].offset = columns[1].offset
        columns[1].child = child
        columns[1].offset = place
    }
}
