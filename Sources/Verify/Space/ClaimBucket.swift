/// The claims on one metaslab: a list of runs that turns into a bitmap when that is smaller.
///
/// A list is compact where few large blocks are claimed, a bitmap bounds the memory where there are
/// many small ones. Overlaps are found at once in a bitmap and at the end in a list.
struct ClaimBucket: Sendable {
    private let unitCount: Int
    private(set) var segments: [UInt64] = []
    private(set) var bitmap: UnitBitmap?
    /// Where runs begin that may be shared and are in the bitmap; nil as long as there is none.
    private var sharedStarts: UnitBitmap?
    /// Runs that were found to overlap earlier claims when they were added to the bitmap.
    private(set) var overlaps: [ClaimSegment] = []
    /// Enough for a person; the count of the others is kept.
    private static let mostOverlaps = 4096
    private(set) var overlapCount = 0

    init(unitCount: Int) { self.unitCount = unitCount }

    /// What the bucket's claims take in memory, in bytes.
    var byteCount: Int {
        guard bitmap != nil else { return segments.capacity * 8 }
        return UnitBitmap.byteCount(units: unitCount) * (sharedStarts == nil ? 1 : 2)
    }

    /// Adds runs that lie within the metaslab; returns the change of `byteCount`.
    mutating func add(_ words: ArraySlice<UInt64>) -> Int {
        let before = byteCount
        if bitmap == nil {
            segments.append(contentsOf: words)
            if segments.count * 8 >= UnitBitmap.byteCount(units: unitCount) { becomeBitmap() }
        } else {
            insert(words)
        }
        return byteCount - before
    }

    /// A bucket for the same metaslab without any claims.
    func emptied() -> ClaimBucket { ClaimBucket(unitCount: unitCount) }

    /// Hands the list over to be kept elsewhere, and starts again empty.
    mutating func takeSegments() -> [UInt64] {
        defer { segments = [] }
        return segments
    }

    /// Whether no run that may be shared began in the same place before.
    private mutating func isFirst(_ segment: ClaimSegment) -> Bool {
        var starts = sharedStarts.take() ?? UnitBitmap(count: unitCount)
        defer { sharedStarts = starts }
        return starts.insert(segment.start..<segment.start + 1) == 0
    }

    private mutating func becomeBitmap() {
        bitmap = UnitBitmap(count: unitCount)
        insert(segments[...])
        segments = []
    }

    private mutating func insert(_ words: ArraySlice<UInt64>) {
        for word in words {
            let segment = ClaimSegment(rawValue: word)
            if segment.isShared, !isFirst(segment) { continue }
            // What is there already must be looked up before it can't be told from what is added.
            bitmap?.forEachRun(of: true, in: segment.run) { overlap in
                overlapCount += 1
                if overlaps.count < Self.mostOverlaps { overlaps.append(ClaimSegment(overlap)) }
            }
            _ = bitmap?.insert(segment.run)
        }
    }
}
