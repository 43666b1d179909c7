import Bytes

/// Damage that strikes different columns at different heights.
///
/// Whole columns can't explain it, but each row of sectors has its own parity: rows that agree with theirs are left as they
/// are, and for each of the others the columns are tried that would make it agree. ZFS itself gives such a block up.
extension StripeRepair {
    /// How many combinations of rows are tried.
    private static var maximumCombinations: Int { 4096 }

    /// One row of sectors: `sector` counts from the top of the columns of `row`.
    private struct Unit {
        let row: Int
        let sector: Int
        /// What the data columns of this row may have held, each with the columns that are then wrong.
        var candidates: [(wrong: [Int], data: [[UInt64]])] = []
    }

    /// Tries to mend each row of sectors by itself; the columns that were wrong somewhere, or nothing.
    mutating func searchRows(
        into buffer: inout MutableRawSpan, accept: (RawSpan) -> Bool
    ) -> Set<StripeMap.Cell>? {
        guard let units = badUnits(), !units.isEmpty, reconstruct([], into: &buffer) else {
            return nil
        }
        var combinations = 1
        for unit in units {
            let (product, overflow) = combinations.multipliedReportingOverflow(
                by: unit.candidates.count)
            guard !overflow, product <= Self.maximumCombinations else { return nil }
            combinations = product
        }
        for number in 0..<combinations {
            var rest = number
            var wrong: Set<StripeMap.Cell> = []
            for unit in units {
                let candidate = unit.candidates[rest % unit.candidates.count]
                rest /= unit.candidates.count
                store(candidate.data, unit, into: &buffer)
                for column in candidate.wrong {
                    wrong.insert(StripeMap.Cell(row: unit.row, column: column))
                }
            }
            tried += 1
            if accept(buffer.bytes) { return wrong }
        }
        return nil
    }

    /// The rows of sectors that disagree with their parity, each with its candidates; nothing where one can't be mended.
    private func badUnits() -> [Unit]? {
        var units: [Unit] = []
        for row in map.rows.indices {
            for sector in 0..<map.rows[row].byteCount / map.sectorByteCount {
                var unit = Unit(row: row, sector: sector)
                guard let asRead = solve(unit, suspects: []) else { return nil }
                if asRead.agrees { continue }
                unit.candidates = candidates(unit)
                guard !unit.candidates.isEmpty else { return nil }
                units.append(unit)
            }
        }
        return units
    }

    /// The fewest columns of a row that, taken as wrong, make the rest agree: every way to choose them.
    private func candidates(_ unit: Unit) -> [(wrong: [Int], data: [[UInt64]])] {
        let height = unit.sector * map.sectorByteCount
        let columns = map.rows[unit.row].columns
        let present = columns.indices.filter {
            columns[$0].byteCount > height && words[unit.row][$0] != nil
        }
        var found: [(wrong: [Int], data: [[UInt64]])] = []
        for size in 1...map.parity where found.isEmpty && size <= present.count {
            var chosen = Array(0..<size)
            repeat {
                let wrong = chosen.map { present[$0] }
                if let outcome = solve(unit, suspects: wrong), outcome.agrees {
                    found.append((wrong, outcome.data))
                }
            } while Self.advance(&chosen, below: present.count)
        }
        return found
    }

    /// The data of a row of sectors with some columns computed, and whether the parity that is left over agrees; nothing
    /// where parity does not cover the columns.
    private func solve(
        _ unit: Unit, suspects: [Int]
    ) -> (data: [[UInt64]], agrees: Bool)? {
        let count = map.sectorByteCount / 8
        let start = unit.sector * count
        let columns: [[UInt64]?] = words[unit.row].enumerated().map { index, words in
            guard let words, !suspects.contains(index) else { return nil }
            return Array(words[start..<start + count])
        }
        let parity = (0..<min(map.parity, columns.count)).compactMap { number in
            columns[number].map { (number: number, words: $0) }
        }
        var data = Array(columns.dropFirst(map.parity))
        let lost = data.indices.filter { data[$0] == nil }
        guard lost.count <= parity.count else { return nil }
        if !lost.isEmpty {
            let found = RaidzMath.reconstruct(lost, data: data, parity: parity, wordCount: count)
            for (index, column) in zip(lost, found) { data[index] = column }
        }
        let agrees = parity.dropFirst(lost.count).allSatisfy {
            RaidzMath.parity($0.number, of: data, wordCount: count) == $0.words
        }
        return (data.compactMap { $0 }, agrees)
    }

    private func store(
        _ data: [[UInt64]], _ unit: Unit, into buffer: inout MutableRawSpan
    ) {
        let height = unit.sector * map.sectorByteCount
        for (index, words) in data.enumerated() {
            let column = map.rows[unit.row].columns[index + map.parity]
            guard column.byteCount > height else { continue }
            let place = column.blockOffset + height
            let count = min(map.sectorByteCount, buffer.byteCount - place)
            guard count > 0 else { continue }
            buffer.copy(words.rawBytes.extracting(0..<count), to: place)
        }
    }
}
