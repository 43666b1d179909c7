/// Joins neighbouring pieces of a file of one kind into runs, and fills what is left out with holes.
struct ExtentRuns {
    private let size: UInt64
    private var start: UInt64 = 0
    private var end: UInt64 = 0
    private var kind: FileExtent.Kind?

    init(size: UInt64) { self.size = size }

    /// Takes the piece that begins at `offset`; returns the runs that it completes.
    ///
    /// Pieces come in order; what lies before the last one's end or past the size is cut off.
    mutating func add(
        _ offset: UInt64, _ byteCount: UInt64, _ kind: FileExtent.Kind
    ) -> [FileExtent] {
        let (last, overflow) = offset.addingReportingOverflow(byteCount)
        let from = max(offset, end)
        let to = min(overflow ? .max : last, size)
        guard from < to else { return [] }
        var runs: [FileExtent] = []
        if from > end { runs += extend(to: from, .hole) }
        return runs + extend(to: to, kind)
    }

    /// The runs that are left, a hole up to the size included.
    mutating func finish() -> [FileExtent] {
        var runs = end < size ? extend(to: size, .hole) : []
        if let kind, end > start {
            runs.append(FileExtent(offset: start, byteCount: end - start, kind: kind))
        }
        start = end
        return runs
    }

    private mutating func extend(to place: UInt64, _ next: FileExtent.Kind) -> [FileExtent] {
        defer { end = place }
        guard let kind, kind != next else {
            self.kind = next
            return []
        }
        let run = FileExtent(offset: start, byteCount: end - start, kind: kind)
        start = end
        self.kind = next
        return [run]
    }
}
