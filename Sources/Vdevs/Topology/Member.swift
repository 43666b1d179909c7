import Bytes

/// One position in a layout: a device, or several that hold the same bytes at the same place.
indirect enum Member: Sendable {
    case leaf(Leaf)
    /// A mirror, a replacement or a spare in use; every side is tried.
    case sides([Member])
    /// A node that can't hold data; the text says what it is.
    case absent(String)

    /// Reads from `offset` bytes after the start of each device, side by side until `accept` is content.
    func read(
        at offset: UInt64, role: DeviceLocation.Role, into buffer: inout MutableRawSpan,
        incidents: inout [VdevIncident], accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        switch self {
        case .leaf(let leaf):
            try leaf.read(at: offset, into: &buffer)
            guard accept(buffer.bytes) else {
                throw .rejected(device: leaf.name, offset: offset, count: buffer.byteCount)
            }
        case .absent(let name):
            throw .missing(name)
        case .sides(let members):
            var causes: [VdevError] = []
            for member in members {
                do {
                    try member.read(
                        at: offset, role: role, into: &buffer, incidents: &incidents, accept: accept
                    )
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

    /// Every run of bytes that a read of `count` bytes at `offset` may come from.
    func locations(
        at offset: UInt64, count: Int, role: DeviceLocation.Role
    ) -> [DeviceLocation] {
        switch self {
        case .leaf(let leaf): [leaf.location(at: offset, count: count, role: role)]
        case .absent: []
        case .sides(let members):
            members.flatMap { $0.locations(at: offset, count: count, role: role) }
        }
    }
}
