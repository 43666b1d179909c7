import Bytes

extension StripedLayout {
    /// Data columns, the parity that belongs to them, and the empty sectors of a dRAID's rows, which are zero.
    ///
    /// A RAID-Z leaves the sectors that only fill up an allocation as they are, so nothing is known of them.
    func forEachCopy(
        of bytes: RawSpan, at place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) throws(VdevError) {
        let map = try geometry.map(place, count: bytes.byteCount)
        for row in map.rows {
            var data: [[UInt64]?] = []
            for (index, column) in row.columns.enumerated().dropFirst(map.parity) {
                let held = bytes.extracting(Self.contents(of: column, bytes.byteCount))
                data.append(Self.words(of: held, height: row.byteCount))
                visitLeaves(column, 0, held, .dataColumn(index), place, visit)
            }
            let wordCount = row.byteCount / 8
            for number in 0..<min(map.parity, row.columns.count) {
                let parity = RaidzMath.parity(number, of: data, wordCount: wordCount)
                visitLeaves(
                    row.columns[number], 0, parity.rawBytes, .parity(number), place, visit)
            }
            guard geometry.fillsRows else { continue }
            let zeros = [UInt8](repeating: 0, count: row.byteCount)
            for column in row.columns where column.byteCount < row.byteCount {
                let rest = zeros.rawBytes.extracting(0..<row.byteCount - column.byteCount)
                visitLeaves(column, column.byteCount, rest, .filler, place, visit)
            }
        }
    }

    /// What of the block stands in a data column; the last sector may be longer than what is left of the block.
    private static func contents(of column: StripeMap.Column, _ count: Int) -> Range<Int> {
        let start = min(column.blockOffset, count)
        return start..<start + min(column.byteCount, count - start)
    }

    /// The same with zeros up to the height of its row.
    private static func words(of bytes: RawSpan, height: Int) -> [UInt64]? {
        guard bytes.byteCount > 0 else { return nil }
        var words = [UInt64](repeating: 0, count: height / 8)
        words.withMutableRawBytes { $0.copy(bytes, to: 0) }
        return words
    }

    private func visitLeaves(
        _ column: StripeMap.Column, _ distance: Int, _ bytes: RawSpan, _ role: CopyRun.Role,
        _ place: VdevPlace, _ visit: (CopyRun, RawSpan) -> Void
    ) {
        guard bytes.byteCount > 0 else { return }
        let member = geometry.members[column.child]
        let offset = column.offset + UInt64(distance)
        var isReadFirst = false
        if case (.dataColumn, .leaf) = (role, member) { isReadFirst = place.depth == 0 }
        member.forEachLeaf(at: offset, place) { leaf, isBehind in
            visit(
                CopyRun(
                    leaf: leaf.index, offset: offset, byteCount: bytes.byteCount, role: role,
                    isBehind: isBehind, isReadFirst: isReadFirst),
                bytes)
        }
    }
}
