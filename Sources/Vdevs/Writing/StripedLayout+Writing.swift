import Bytes

extension StripedLayout {
    /// One write for each column that takes space, parity computed from the data.
    ///
    /// A RAID-Z leaves the sectors that only fill up an allocation as they are. A dRAID writes zeros to them, since a
    /// sequential resilver computes parity over whole rows without knowing any block.
    func writes(of bytes: [UInt8], to place: VdevPlace) throws(VdevError) -> [DeviceWrite] {
        let map = try geometry.map(place, count: bytes.count)
        let sector = map.sectorByteCount
        let rest = bytes.count % sector
        let whole = rest == 0 ? bytes : bytes + [UInt8](repeating: 0, count: sector - rest)
        var writes: [DeviceWrite] = []
        for row in map.rows {
            let columns = Self.columns(of: row, parity: map.parity, whole)
            for (column, contents) in zip(row.columns, columns) {
                let count = geometry.fillsRows ? row.byteCount : column.byteCount
                guard count > 0 else { continue }
                let bytes = [UInt8](contents.prefix(count))
                writes += geometry.members[column.child].writes(of: bytes, at: column.offset, place)
            }
        }
        return writes
    }

    /// The bytes of each column of a row, parity first, all as long as the row is high.
    private static func columns(
        of row: StripeMap.Row, parity: Int, _ bytes: [UInt8]
    ) -> [[UInt8]] {
        let height = row.byteCount
        let data = row.columns.dropFirst(parity).map { column in
            let held = bytes[column.blockOffset..<column.blockOffset + column.byteCount]
            return [UInt8](held) + [UInt8](repeating: 0, count: height - column.byteCount)
        }
        let words = data.map(words(of:))
        let sums = (0..<min(parity, row.columns.count)).map { number in
            Self.bytes(of: RaidzMath.parity(number, of: words, wordCount: height / 8))
        }
        return sums + data
    }

    /// Parity works byte by byte, so any order will do as long as the way back is the same.
    private static func words(of bytes: [UInt8]) -> [UInt64]? {
        stride(from: 0, to: bytes.count, by: 8).map { start in
            (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[start + $1]) << UInt64($1 * 8) }
        }
    }

    private static func bytes(of words: [UInt64]) -> [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) } }
    }
}
