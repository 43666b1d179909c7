import Bytes
import Verify

/// What of one metaslab can be written to, and what was taken of it since.
struct FreeMetaslab: Sendable {
    /// Its place in the survey.
    let position: Int
    let vdev: UInt32
    let bounds: Range<UInt64>
    /// Bytes that it seemed to have when it was surveyed.
    let byteCount: UInt64
    /// Nothing tells what was freed here lately.
    private(set) var isYoung = false
    /// Disjoint, in order; nil until it is looked at for the first time.
    private var runs: [Range<UInt64>]?
    /// The longest run, for a quick no.
    private var longest: UInt64 = .max

    init(position: Int, _ metaslab: SurveyedMetaslab, byteCount: UInt64) {
        self.position = position
        vdev = metaslab.vdev
        bounds = metaslab.bounds
        self.byteCount = byteCount
    }

    var isLoaded: Bool { runs != nil }

    mutating func load(_ free: [Range<UInt64>], isYoung: Bool) {
        self.isYoung = isYoung
        runs = free
        noteLongest()
    }

    /// Takes `size` bytes from the first run that has them; nil where there is none. Multiples of `alignment` only.
    mutating func take(_ size: UInt64, alignment: UInt64) -> Range<UInt64>? {
        guard size <= longest, let count = runs?.count else { return nil }
        for index in 0..<count {
            guard let run = runs?[index] else { break }
            let start = (run.lowerBound + alignment - 1) / alignment * alignment
            guard start <= run.upperBound, run.upperBound - start >= size else { continue }
            let taken = start..<start + size
            let rest = [run.lowerBound..<start, taken.upperBound..<run.upperBound]
            runs?.replaceSubrange(index...index, with: rest.filter { !$0.isEmpty })
            if size == longest || run.upperBound - run.lowerBound == longest { noteLongest() }
            return taken
        }
        return nil
    }

    /// Puts back what was taken.
    mutating func giveBack(_ range: Range<UInt64>) {
        guard var runs else { return }
        let index = runs.firstIndex { $0.lowerBound >= range.upperBound } ?? runs.count
        var joined = range
        var low = index
        var high = index
        if index < runs.count, runs[index].lowerBound == joined.upperBound {
            joined = joined.lowerBound..<runs[index].upperBound
            high += 1
        }
        if index > 0, runs[index - 1].upperBound == joined.lowerBound {
            joined = runs[index - 1].lowerBound..<joined.upperBound
            low -= 1
        }
        runs.replaceSubrange(low..<high, with: [joined])
        self.runs = runs
        noteLongest()
    }

    private mutating func noteLongest() {
        longest = runs?.map { $0.upperBound - $0.lowerBound }.max() ?? 0
    }
}
