import Bytes

/// A block in pieces of which some copies are wrong: finds the copies that together match the checksum.
struct SplitRepair {
    private let segments: [IndirectSegment]
    private let place: VdevPlace
    /// For each piece the different contents that its copies have.
    private var versions: [[[UInt8]]] = []
    /// Which version of each piece was right.
    private var chosen: [Int]

    /// Reads all copies of all pieces.
    init(_ segments: [IndirectSegment], _ place: VdevPlace) throws(VdevError) {
        self.segments = segments
        self.place = place
        chosen = [Int](repeating: 0, count: segments.count)
        for segment in segments { versions.append(try Self.versions(of: segment, place)) }
    }

    private static func versions(
        of segment: IndirectSegment, _ place: VdevPlace
    ) throws(VdevError) -> [[UInt8]] {
        let target = place.moved(to: segment.vdev, offset: segment.offset)
        let layout = try place.tree.top(target.vdev).layout
        var versions: [[UInt8]] = []
        var incidents: [VdevIncident] = []
        var bytes = [UInt8](repeating: 0, count: segment.byteCount)
        do {
            try bytes.withMutableRawBytes { (raw) throws(VdevError) in
                // Turning every answer down makes the vdev try all it has.
                try layout.read(target, into: &raw, incidents: &incidents) { candidate in
                    if !versions.contains(where: { $0.rawBytes.equals(candidate) }) {
                        versions.append(candidate.array)
                    }
                    return versions.count >= IndirectLayout.maximumVersions
                }
            }
        } catch {
            if versions.isEmpty { throw error }
        }
        return versions
    }

    /// Tries combinations until `accept` is content, fewest changes to the first pieces first.
    mutating func search(
        into buffer: inout MutableRawSpan, accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        var tried = 0
        repeat {
            for (segment, version) in zip(segments, zip(versions, chosen).map { $0[$1] }) {
                buffer.copy(version.rawBytes, to: segment.blockOffset)
            }
            tried += 1
            if accept(buffer.bytes) { return }
        } while tried < IndirectLayout.maximumCombinations && advance()
        let gaveUp = tried >= IndirectLayout.maximumCombinations
        throw .unrecoverable(
            vdev: place.vdev, offset: place.offset,
            causes: [.noCombination(tried: tried, gaveUp: gaveUp)])
    }

    /// Counts on: the first piece is the lowest digit.
    private mutating func advance() -> Bool {
        for index in chosen.indices {
            chosen[index] += 1
            if chosen[index] < versions[index].count { return true }
            chosen[index] = 0
        }
        return false
    }

    /// Names the copies that differ from what was right.
    func report(_ incidents: inout [VdevIncident]) {
        for (index, segment) in segments.enumerated() {
            let target = place.moved(to: segment.vdev, offset: segment.offset)
            let right = versions[index][chosen[index]]
            guard let layout = try? place.tree.top(target.vdev).layout,
                let locations = try? layout.locations(of: target, count: segment.byteCount)
            else { continue }
            for location in locations {
                guard case .data = location.role else { continue }
                let shown = location.shifted(inBlockBy: UInt64(segment.blockOffset))
                do throws(VdevError) {
                    let bytes = try place.tree.read(location)
                    if bytes != right { incidents.append(VdevIncident(shown, .wrong)) }
                } catch {
                    incidents.append(VdevIncident(shown, .unreadable(error)))
                }
            }
        }
    }
}
