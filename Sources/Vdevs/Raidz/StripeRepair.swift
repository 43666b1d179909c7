import Bytes

/// One block of a RAID-Z or dRAID whose data columns alone did not do.
///
/// First the columns that can't be read are computed from parity. Where the result does not match the checksum,
/// some device lies: every combination of columns that parity can replace is tried until one does, as
/// `vdev_raidz_combrec` (`module/zfs/vdev_raidz.c`) does, but bounded.
struct StripeRepair<Geometry: StripeGeometry> {
    private typealias Cell = StripeMap.Cell

    let geometry: Geometry
    let map: StripeMap
    let place: VdevPlace
    /// What was read of each column, padded to its row's height; nothing where it could not be.
    var words: [[[UInt64]?]] = []
    private var errors: [Cell: VdevError] = [:]
    /// How many versions of the block were judged.
    var tried = 0

    init(geometry: Geometry, map: StripeMap, place: VdevPlace) {
        self.geometry = geometry
        self.map = map
        self.place = place
    }

    /// The most combinations tried on a block of 128 KiB; shorter ones get more, since each takes less.
    fileprivate static var workLimit: Int { 4 << 30 }

    mutating func read(
        into buffer: inout MutableRawSpan, incidents: inout [VdevIncident],
        accept: (RawSpan) -> Bool
    ) throws(VdevError) {
        let sides = map.rows.flatMap(\.columns).map { geometry.members[$0.child].sideCount }
        // A child that is being replaced has two sides, of which one may be out of date.
        for side in 0..<min(sides.max() ?? 1, Self.maximumSides) {
            load(side: side)
            guard reconstruct([], into: &buffer) else { continue }
            tried += 1
            if accept(buffer.bytes) {
                report([], &incidents)
                return
            }
            let wrong =
                search(into: &buffer, accept: accept)
                ?? searchRows(into: &buffer, accept: accept)
            if let wrong {
                report(wrong, &incidents)
                return
            }
        }
        throw failure(count: buffer.byteCount)
    }

    /// More sides than any real replacement has; each costs a whole search.
    private static var maximumSides: Int { 4 }

    /// Reads every column, each from that side of its member where it has several.
    private mutating func load(side: Int) {
        words = map.rows.map { [[UInt64]?](repeating: nil, count: $0.columns.count) }
        errors = [:]
        for (row, columns) in map.rows.map(\.columns).enumerated() {
            for (index, column) in columns.enumerated() {
                var read = [UInt64](repeating: 0, count: map.rows[row].byteCount / 8)
                if column.byteCount > 0 {
                    do throws(VdevError) {
                        try geometry.members[column.child].read(
                            side: side, at: column.offset, place: place, count: column.byteCount,
                            into: &read)
                    } catch {
                        errors[Cell(row: row, column: index)] = error
                        continue
                    }
                }
                words[row][index] = read
            }
        }
    }

    /// Fills the buffer, computing the columns that are missing or in `suspects`; false where parity does not
    /// cover them.
    func reconstruct(
        _ suspects: Set<StripeMap.Cell>, into buffer: inout MutableRawSpan
    ) -> Bool {
        for row in map.rows.indices {
            let columns = map.rows[row].columns
            let isGood = columns.indices.map {
                words[row][$0] != nil && !suspects.contains(Cell(row: row, column: $0))
            }
            let parity = (0..<min(map.parity, columns.count)).filter { isGood[$0] }
            let lost = (map.parity..<max(map.parity, columns.count)).filter { !isGood[$0] }
            guard lost.count <= parity.count else { return false }
            var data = Array(words[row].dropFirst(map.parity))
            if !lost.isEmpty {
                let found = RaidzMath.reconstruct(
                    lost.map { $0 - map.parity }, data: data,
                    parity: parity.map { (number: $0, words: words[row][$0] ?? []) },
                    wordCount: map.rows[row].byteCount / 8)
                for (index, column) in zip(lost, found) { data[index - map.parity] = column }
            }
            store(data, row, into: &buffer)
        }
        return true
    }

    /// Copies the data columns of a row to where they belong in the block.
    private func store(
        _ data: [[UInt64]?], _ row: Int, into buffer: inout MutableRawSpan
    ) {
        for (index, words) in data.enumerated() {
            let column = map.rows[row].columns[index + map.parity]
            let count = min(column.byteCount, buffer.byteCount - column.blockOffset)
            guard count > 0, let words else { continue }
            buffer.copy(words.rawBytes.extracting(0..<count), to: column.blockOffset)
        }
    }
}

extension StripeRepair {
    /// Tries combinations of suspects, fewest first; the columns that were wrong, or nothing.
    private mutating func search(
        into buffer: inout MutableRawSpan, accept: (RawSpan) -> Bool
    ) -> Set<StripeMap.Cell>? {
        let suspects = geometry.suspects(in: map).filter { group in
            group.contains { errors[$0] == nil }
        }
        for size in 1...max(map.parity, 1) {
            guard size <= suspects.count else { return nil }
            var chosen = Array(0..<size)
            repeat {
                let cells = Set(chosen.flatMap { suspects[$0] })
                // Parity alone changes nothing, since the data did not need it.
                let matters = !errors.isEmpty || cells.contains { $0.column >= map.parity }
                guard matters, reconstruct(cells, into: &buffer) else { continue }
                tried += 1
                if accept(buffer.bytes) { return cells }
                if isExhausted(buffer.byteCount) { return nil }
            } while Self.advance(&chosen, below: suspects.count)
        }
        return nil
    }

    private func isExhausted(_ count: Int) -> Bool {
        tried >= max(Self.workLimit / max(count, 1), 1 << 12)
    }

    /// The next combination in order, or false after the last.
    static func advance(_ chosen: inout [Int], below count: Int) -> Bool {
        for slot in chosen.indices.reversed() {
            if chosen[slot] < count - (chosen.count - slot) {
                chosen[slot] += 1
                for later in chosen.indices.dropFirst(slot + 1) {
                    chosen[later] = chosen[later - 1] + 1
                }
                return true
            }
        }
        return false
    }

    /// One incident for each child that failed: what could not be read, and what was read but wrong.
    private func report(_ wrong: Set<StripeMap.Cell>, _ incidents: inout [VdevIncident]) {
        var seen: Set<Int> = []
        for cell in map.cells(withParity: true) {
            let column = map[cell]
            let cause: VdevIncident.Cause
            if let error = errors[cell] {
                cause = .unreadable(error)
            } else if wrong.contains(cell), cell.column >= map.parity {
                cause = .wrong
            } else {
                continue
            }
            guard seen.insert(column.child).inserted else { continue }
            let locations = geometry.members[column.child].locations(
                at: column.offset, count: column.byteCount, role: map.role(of: cell), place)
            for location in locations { incidents.append(VdevIncident(location, cause)) }
        }
    }

    private func failure(count: Int) -> VdevError {
        var causes: [VdevError] = []
        for cell in map.cells(withParity: true) {
            if let error = errors[cell], !causes.contains(error), causes.count < map.parity + 1 {
                causes.append(error)
            }
        }
        if tried > 0 {
            causes.append(.noCombination(tried: tried, gaveUp: isExhausted(count)))
        }
        return .unrecoverable(vdev: place.vdev, offset: place.offset, causes: causes)
    }
}
