import Bytes

/// The columns of a dRAID: groups of fixed width that wander over all children, spares included.
///
/// Mirrors `vdev_draid_config_t`, `vdev_draid_logical_to_physical` and `vdev_draid_map_alloc`
/// (`module/zfs/vdev_draid.c`).
struct DraidGeometry: StripeGeometry {
    let members: [Member]
    let ashift: UInt8
    let parity: Int
    /// Data columns of a group (`draid_ndata`).
    let data: Int
    /// Distributed spares (`draid_nspares`).
    let spares: Int
    /// Redundancy groups in the space between two changes of the permutation (`draid_ngroups`).
    let groups: Int
    let permutations: DraidPermutations

    /// How many bytes of a device one group takes in one slice (`VDEV_DRAID_ROWHEIGHT`).
    static let rowHeight: UInt64 = 16 << 20

    /// Columns of a group.
    private var groupWidth: Int { data + parity }
    /// Failure groups side by side.
    private var failureGroups: Int { permutations.groups }
    /// Devices less spares.
    private var disks: Int { members.count - spares }
    /// Bytes of allocatable space that a group takes in one slice.
    private var groupSize: UInt64 { UInt64(groupWidth) * Self.rowHeight }
    /// Rows in the space between two changes of the permutation.
    private var rowsOfSlice: UInt64 { UInt64(groupWidth * groups / disks) }

    var fillsRows: Bool { true }

    /// Judges the numbers of a configuration.
    init(
        _ node: VdevNode, id: UInt32, ashift: UInt8, members: [Member]
    ) throws(VdevError) {
        let shape = try Self.judged(node, id: id)
        let groupChildren = Int(shape.groupChildren ?? UInt64(members.count))
        let failureGroups = members.count / groupChildren
        guard
            let permutations = DraidPermutations(children: groupChildren, groups: failureGroups)
        else { throw Self.unknownPermutation(id, groupChildren) }
        self.members = members
        self.ashift = ashift
        self.permutations = permutations
        parity = Int(node.parity)
        data = Int(shape.data)
        spares = Int(shape.spares)
        groups = Int(shape.groups)
    }

    /// The numbers of a dRAID that there can be, each small enough to reckon with.
    static func judged(
        _ node: VdevNode, id: UInt32
    ) throws(VdevError) -> VdevNode.DraidShape {
        guard let shape = node.draid else {
            throw .geometry(vdev: id, "is a dRAID without the numbers of one")
        }
        let count = node.children.count
        let limit = UInt64(RaidzMath.maximumColumns)
        let groupChildren = shape.groupChildren ?? UInt64(count)
        guard (1...UInt64(RaidzMath.maximumParity)).contains(node.parity),
            (1...limit).contains(shape.data), shape.spares <= 100,
            (1...limit).contains(shape.groups), (1...limit).contains(groupChildren),
            (1...Int(limit)).contains(count), count % Int(groupChildren) == 0
        else {
            throw .geometry(
                vdev: id,
                "is a dRAID of \(shape.data) data and \(node.parity) parity columns, "
                    + "\(shape.spares) spares and \(shape.groups) groups on \(count) children"
                    + (shape.groupChildren.map { ", \($0) in a failure group" } ?? "")
            )
        }
        let failureGroups = count / Int(groupChildren)
        let spares = (Int(shape.spares) + failureGroups - 1) / failureGroups
        let columns = Int(shape.data) + Int(node.parity)
        let disks = count - Int(shape.spares)
        guard Int(groupChildren) >= columns + spares, disks > 0,
            columns * Int(shape.groups) % disks == 0,
            Self.groupsFit(Int(shape.groups), failureGroups, spares: Int(shape.spares))
        else {
            throw .geometry(
                vdev: id, "is a dRAID whose groups do not fill its \(count) children")
        }
        guard DraidPermutations.exist(children: Int(groupChildren), groups: failureGroups) else {
            throw unknownPermutation(id, Int(groupChildren))
        }
        return shape
    }

    private static func unknownPermutation(_ id: UInt32, _ children: Int) -> VdevError {
        .geometry(vdev: id, "is a dRAID of \(children) children, for which none is known")
    }

    /// Whether the redundancy groups share out over the failure groups: those with a spare more have one less.
    private static func groupsFit(_ groups: Int, _ failureGroups: Int, spares: Int) -> Bool {
        let short = spares % failureGroups
        let rest = short == 0 ? 0 : failureGroups - short
        return groups >= failureGroups && groups % failureGroups == rest
    }

    func map(_ place: VdevPlace, count: Int) throws(VdevError) -> StripeMap {
        guard place.offset <= StripeMap.maximumOffset, count <= StripeMap.maximumByteCount else {
            throw .overflow(vdev: place.vdev, offset: place.offset)
        }
        guard place.offset % (UInt64(groupWidth) << UInt64(ashift)) == 0 else {
            throw .misaligned(vdev: place.vdev, offset: place.offset)
        }
        var rows: [StripeMap.Row] = []
        var offset = place.offset
        var sectors = (count + (1 << Int(ashift)) - 1) >> Int(ashift)
        var first = 0
        // A block may go on in the next group, which lies elsewhere.
        while sectors > 0 {
            let room = (groupSize - offset % groupSize) >> UInt64(ashift)
            let taken = min(sectors, Int(room) / groupWidth * data)
            rows.append(row(at: offset, sectors: taken, firstSector: first))
            first += taken
            sectors -= taken
            offset = (offset / groupSize + 1) * groupSize
        }
        return StripeMap(parity: parity, sectorByteCount: 1 << Int(ashift), rows: rows)
    }

    func suspects(in map: StripeMap) -> [[StripeMap.Cell]] {
        var suspects: [[StripeMap.Cell]] = []
        var indices: [Int: Int] = [:]
        for cell in map.cells(withParity: true) {
            let child = map[cell].child
            if let index = indices[child] {
                suspects[index].append(cell)
            } else {
                indices[child] = suspects.count
                suspects.append([cell])
            }
        }
        return suspects
    }

    func allocatedSize(of count: UInt64, place: VdevPlace) throws(VdevError) -> UInt64 {
        guard let size = allocationRule?.allocatedSize(of: count) else {
            throw .overflow(vdev: place.vdev, offset: count)
        }
        return size
    }

    var allocationRule: AllocationRule? {
        .draid(shift: ashift, parity: UInt8(clamping: parity), data: UInt8(clamping: data))
    }

    func storedSize(ofAllocated size: UInt64, place: VdevPlace) -> UInt64 {
        size / UInt64(groupWidth) * UInt64(data)
    }

    /// The child that holds what a distributed spare holds at a byte offset of its own
    /// (`vdev_draid_spare_get_child`).
    func child(ofSpare spare: UInt64, at offset: UInt64) -> Int? {
        guard spare < UInt64(spares) else { return nil }
        let slice = offset / (rowsOfSlice * Self.rowHeight)
        let groupCount = UInt64(failureGroups)
        // Sound: the slice is at most 2^40, since a row is 2^24 bytes.
        let column = permutations.children - 1 - Int(spare / groupCount)
        guard column >= 0 else { return nil }
        return permutations.device(
            slice: slice * groupCount + spare % groupCount, column: column)
    }
}

extension DraidGeometry {
    /// Where the sectors at an offset begin: the slice, the row in it and the first column.
    private struct Start {
        var slice: UInt64
        /// Bytes from the start of each device's allocatable space.
        var offset: UInt64
        var column: Int
        /// Devices of the failure group, spares left out.
        var disks: Int
    }

    /// The columns of a block, or of the part of one, that lies in one group.
    private func row(at offset: UInt64, sectors: Int, firstSector: Int) -> StripeMap.Row {
        let shape = StripeShape(sectors: sectors, width: groupWidth, parity: parity)
        let start = start(of: offset)
        var columns: [StripeMap.Column] = []
        columns.reserveCapacity(groupWidth)
        for index in 0..<groupWidth {
            let place = start.column + index
            let wrapped: UInt64 = place >= start.disks ? Self.rowHeight : 0
            let height = shape.height(of: index)
            columns.append(
                StripeMap.Column(
                    child: permutations.device(slice: start.slice, column: place % start.disks),
                    offset: Leaf.dataStart + start.offset + wrapped,
                    byteCount: height << Int(ashift),
                    blockOffset: height == 0 || index < parity
                        ? 0 : (firstSector + shape.firstSector(of: index)) << Int(ashift)))
        }
        return StripeMap.Row(columns: columns)
    }

    /// Finds the slice and the place in it for an offset of the vdev.
    private func start(of offset: UInt64) -> Start {
        let number = offset / groupSize
        let failureGroups = UInt64(failureGroups)
        let perGroup = UInt64(groups) / failureGroups
        // The first failure groups have one spare more than the others, so one redundancy group less.
        let short = UInt64(spares) % failureGroups
        var group = number % UInt64(groups)
        let failureGroup: UInt64
        if short == 0 || group < short * perGroup {
            failureGroup = group / perGroup
            group -= failureGroup * perGroup
        } else {
            let rest = group - short * perGroup
            failureGroup = short + rest / (perGroup + 1)
            group = rest % (perGroup + 1)
        }
        let disks = UInt64(disks) / failureGroups + (short != 0 && failureGroup >= short ? 1 : 0)
        let first = group * UInt64(groupWidth)
        let slice = number / UInt64(groups)
        let row = slice * rowsOfSlice + first / disks
        let sector = (offset % groupSize) >> UInt64(ashift) / UInt64(groupWidth)
        return Start(
            slice: slice * failureGroups + failureGroup,
            offset: row * Self.rowHeight + sector << UInt64(ashift),
            column: Int(first % disks), disks: Int(disks))
    }
}
