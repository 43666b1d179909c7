import Objects

/// What a space map that lists frees holds in the end, given in order.
///
/// Ranges may be taken back by later entries, so they are known once all of the map was read. Where they take more than
/// memory allows, the map is read again for each part of the vdev.
struct KeptRanges {
    let map: SpaceMap
    /// The binary logarithm of the map's unit.
    let shift: UInt8
    /// Where the vdev ends, as far as that is known.
    let end: UInt64
    /// What ranges may take, in bytes.
    let memory: Int
    /// How often a map is read at most; it takes as long each time.
    private static let mostPasses = 64

    /// What the reading brought.
    struct Outcome {
        var problems: [SpaceMapProblem] = []
        /// Whether all ranges were given.
        var isWhole = true
    }

    private struct Full: Error {}

    func forEachRange(_ body: (Range<UInt64>) -> Void) -> Outcome {
        var outcome = Outcome()
        var (start, width): (UInt64, UInt64) = (0, .max)
        for _ in 0..<Self.mostPasses where start < .max {
            let part = start..<(start + min(width, .max - start))
            var held = HeldRanges(MemoryShare(max(memory, HeldRanges.bytesPerRange)))
            do throws(Full) {
                outcome.problems = try read(part, into: &held)
            } catch {
                // A part of one byte has one range, for which there is always memory.
                width = max(1, min(part.upperBound - start, end) / 2)
                continue
            }
            held.set.forEachRange(body)
            start = part.upperBound
            let (twice, overflow) = width.multipliedReportingOverflow(by: 2)
            width = overflow || start >= end ? .max : twice
        }
        outcome.isWhole = start == .max
        return outcome
    }

    private func read(
        _ part: Range<UInt64>, into held: inout HeldRanges
    ) throws(Full) -> [SpaceMapProblem] {
        try map.forEachEntry { entry throws(Full) in
            guard let range = entry.range(start: 0, shift: shift)?.clamped(to: part) else { return }
            switch entry.kind {
            case .free: held.insert(range)
            case .allocation: held.remove(range)
            }
            guard held.isWhole else { throw Full() }
        }
    }
}
