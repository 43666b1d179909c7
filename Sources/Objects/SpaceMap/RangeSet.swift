/// Disjoint ranges of a vdev's bytes, in order: the space that a log of allocations and frees leaves in use.
///
/// Kept in short sorted pieces, so that an insertion moves little and a search is binary; neighbours that
/// touch become one. Adding what is there, or removing what is not, is reported: a space map that does so
/// contradicts itself. Plays the part of `zfs_range_tree_t` (`module/zfs/range_tree.c`), which panics then.
package struct RangeSet: Sendable {
    /// A piece that grows past this is cut in two.
    private static let pieceLimit = 512

    /// Never empty; each piece sorted, and the pieces in order.
    private var pieces: [[Range<UInt64>]] = [[]]
    /// How many bytes the ranges hold together.
    package private(set) var byteCount: UInt64 = 0
    /// How many ranges there are.
    package private(set) var count = 0

    package init() {}

    /// All ranges in order.
    package var ranges: [Range<UInt64>] { pieces.flatMap(\.self) }

    /// Adds a range; returns the part of it, if any, that was there already: the lowest one.
    @discardableResult
    package mutating func insert(_ range: Range<UInt64>) -> Range<UInt64>? {
        guard !range.isEmpty else { return nil }
        let conflict = firstOverlap(range)
        if conflict != nil { cut(range) }
        var joined = range
        if let before = neighbour(endingAt: range.lowerBound) {
            joined = before.lowerBound..<joined.upperBound
            cut(before)
        }
        if let after = neighbour(beginningAt: range.upperBound) {
            joined = joined.lowerBound..<after.upperBound
            cut(after)
        }
        place(joined)
        return conflict
    }

    /// Removes a range; returns the part of it, if any, that was not there: the lowest one.
    @discardableResult
    package mutating func remove(_ range: Range<UInt64>) -> Range<UInt64>? {
        guard !range.isEmpty else { return nil }
        let missing = firstGap(range)
        cut(range)
        return missing
    }

    /// Whether all of a range is in the set.
    package func contains(_ range: Range<UInt64>) -> Bool { firstGap(range) == nil }

    /// The lowest part of `range` that is in the set.
    package func firstOverlap(_ range: Range<UInt64>) -> Range<UInt64>? {
        guard let found = first(endingAfter: range.lowerBound) else { return nil }
        let overlap = pieces[found.piece][found.index].clamped(to: range)
        return overlap.isEmpty ? nil : overlap
    }

    /// The lowest part of `range` that is not in the set.
    package func firstGap(_ range: Range<UInt64>) -> Range<UInt64>? {
        guard !range.isEmpty else { return nil }
        guard let found = first(endingAfter: range.lowerBound) else { return range }
        let held = pieces[found.piece][found.index]
        if held.lowerBound > range.lowerBound {
            return range.lowerBound..<min(held.lowerBound, range.upperBound)
        }
        guard held.upperBound < range.upperBound else { return nil }
        let next = first(endingAfter: held.upperBound).map { pieces[$0.piece][$0.index].lowerBound }
        return held.upperBound..<min(next ?? .max, range.upperBound)
    }
}

extension RangeSet {
    private struct Place {
        var piece: Int
        var index: Int
    }

    /// The first range that ends after `point`.
    private func first(endingAfter point: UInt64) -> Place? {
        let piece = Self.partition(pieces.count) { index in
            pieces[index].last.map { $0.upperBound <= point } ?? true
        }
        guard piece < pieces.count else { return nil }
        let index = Self.partition(pieces[piece].count) { pieces[piece][$0].upperBound <= point }
        return index < pieces[piece].count ? Place(piece: piece, index: index) : nil
    }

    /// How many of `count` places at the front satisfy a condition that none does after the first that does not.
    private static func partition(_ count: Int, _ isBefore: (Int) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = low + (high - low) / 2
            if isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func neighbour(endingAt point: UInt64) -> Range<UInt64>? {
        guard point > 0, let found = first(endingAfter: point - 1) else { return nil }
        let range = pieces[found.piece][found.index]
        return range.upperBound == point ? range : nil
    }

    private func neighbour(beginningAt point: UInt64) -> Range<UInt64>? {
        guard let found = first(endingAfter: point) else { return nil }
        let range = pieces[found.piece][found.index]
        return range.lowerBound == point ? range : nil
    }

    /// Takes a range out of every range that overlaps it.
    private mutating func cut(_ range: Range<UInt64>) {
        while let found = first(endingAfter: range.lowerBound) {
            let held = pieces[found.piece][found.index]
            guard held.lowerBound < range.upperBound else { return }
            delete(found)
            if held.lowerBound < range.lowerBound { place(held.lowerBound..<range.lowerBound) }
            if held.upperBound > range.upperBound { place(range.upperBound..<held.upperBound) }
        }
    }

    private mutating func delete(_ place: Place) {
        let range = pieces[place.piece].remove(at: place.index)
        byteCount -= range.upperBound - range.lowerBound
        count -= 1
        if pieces[place.piece].isEmpty, pieces.count > 1 { pieces.remove(at: place.piece) }
    }

    /// Puts a range in that overlaps and touches none.
    private mutating func place(_ range: Range<UInt64>) {
        let found =
            first(endingAfter: range.lowerBound)
            ?? Place(piece: pieces.count - 1, index: pieces[pieces.count - 1].count)
        pieces[found.piece].insert(range, at: found.index)
        byteCount += range.upperBound - range.lowerBound
        count += 1
        guard pieces[found.piece].count > Self.pieceLimit else { return }
        let half = Array(pieces[found.piece].suffix(Self.pieceLimit / 2))
        pieces[found.piece].removeLast(Self.pieceLimit / 2)
        pieces.insert(half, at: found.piece + 1)
    }
}
