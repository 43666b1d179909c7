import Bytes

/// One position in a layout: a device, or several that hold the same bytes at the same place.
indirect enum Member: Sendable {
    case leaf(Leaf)
    /// A mirror, a replacement or a spare in use; every side is tried.
    case sides([Member])
    /// A distributed spare, whose bytes lie on other children of its dRAID.
    case distributedSpare(DistributedSpare)
    /// A node that can't hold data; the text says what it is.
    case absent(String)
}

extension Member {
    /// Reads from `offset` bytes after the start of each device, side by side until `accept` is content.
    func read(
        at offset: UInt64, role: DeviceLocation.Role, place: VdevPlace,
        into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        switch self {
        case .leaf(let leaf):
            try leaf.read(at: offset, into: &buffer)
            guard accept(buffer.bytes) else {
                throw .rejected(device: leaf.name, offset: offset, count: buffer.byteCount)
            }
        case .absent(let name):
            throw .missing(name)
        case .distributedSpare(let spare):
            let (member, place) = try spare.resolve(at: offset, place)
            try member.read(
                at: offset, role: role, place: place, into: &buffer, incidents: &incidents,
                accept: accept)
        case .sides(let members):
            var causes: [VdevError] = []
            for member in Self.inReadingOrder(members, place) {
                do {
                    try member.read(
                        at: offset, role: role, place: place, into: &buffer,
                        incidents: &incidents, accept: accept)
                    return
                } catch {
                    causes.append(error)
                    guard case .leaf(let leaf) = member else { continue }
                    let location = leaf.location(at: offset, count: buffer.byteCount, role: role)
                    incidents.append(VdevIncident(location, VdevIncident.Cause(error)))
                }
            }
            throw causes.count == 1 ? causes[0] : .noSide(causes)
        }
    }

    /// Reads from the first side that gives any bytes; false where none does.
    func readAny(
        at offset: UInt64, place: VdevPlace, into buffer: inout MutableRawSpan
    ) -> Bool {
        var incidents: [VdevIncident] = []
        do {
            try read(
                at: offset, role: .data(blockOffset: 0), place: place, into: &buffer,
                incidents: &incidents, accept: { _ in true })
            return true
        } catch {
            return false
        }
    }

    /// Reads the first `count` bytes of `words` from one side, counted among those that can be read; a member
    /// with fewer sides gives its last.
    func read(
        side: Int, at offset: UInt64, place: VdevPlace, count: Int, into words: inout [UInt64]
    ) throws(VdevError) {
        var seen = -1
        var incidents: [VdevIncident] = []
        do throws(VdevError) {
            try words.withMutableRawBytes { (bytes) throws(VdevError) in
                guard bytes.byteCount >= count else {
                    throw .overflow(vdev: place.vdev, offset: place.offset)
                }
                var part = bytes.start(count)
                try read(
                    at: offset, role: .data(blockOffset: 0), place: place, into: &part,
                    incidents: &incidents
                ) { _ in
                    seen += 1
                    return seen == side
                }
            }
        } catch {
            // All sides were turned down; what the last one gave stands in the words.
            guard seen < 0 else { return }
            throw error
        }
    }
}

extension Member {
    /// Whether any device is there to be asked.
    var isPresent: Bool {
        switch self {
        case .leaf(let leaf): leaf.device != nil
        case .sides(let members): members.contains(where: \.isPresent)
        case .distributedSpare: true
        case .absent: false
        }
    }

    /// The device that is asked first.
    func firstLeaf(at offset: UInt64, _ place: VdevPlace) throws(VdevError) -> Leaf {
        switch self {
        case .leaf(let leaf):
            guard leaf.device != nil else { throw .missing(leaf.name) }
            return leaf
        case .absent(let name): throw .missing(name)
        case .distributedSpare(let spare):
            let (member, place) = try spare.resolve(at: offset, place)
            return try member.firstLeaf(at: offset, place)
        case .sides(let members):
            var cause = VdevError.noSide([])
            for member in Self.inReadingOrder(members, place) {
                do throws(VdevError) {
                    return try member.firstLeaf(at: offset, place)
                } catch {
                    cause = error
                }
            }
            throw cause
        }
    }

    /// How many different answers a read may get.
    var sideCount: Int {
        switch self {
        case .leaf, .absent: 1
        case .distributedSpare: 1
        case .sides(let members): members.reduce(0) { $0 + $1.sideCount }
        }
    }

    /// Every run of bytes that a read of `count` bytes at `offset` may come from.
    func locations(
        at offset: UInt64, count: Int, role: DeviceLocation.Role, _ place: VdevPlace
    ) -> [DeviceLocation] {
        switch self {
        case .leaf(let leaf): return [leaf.location(at: offset, count: count, role: role)]
        case .absent: return []
        case .distributedSpare(let spare):
            guard let (member, place) = try? spare.resolve(at: offset, place) else { return [] }
            return member.locations(at: offset, count: count, role: role, place)
        case .sides(let members):
            return members.flatMap { $0.locations(at: offset, count: count, role: role, place) }
        }
    }
}
