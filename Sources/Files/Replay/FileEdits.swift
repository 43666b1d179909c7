import Blocks
import Bytes
import Objects
import Vdevs

/// What a log changes in a file's bytes: runs that take the place of what is stored, the later over the earlier.
struct FileEdits: Sendable {
    /// Where the bytes of a run come from; the numbers say where in the file the source begins.
    enum Source: Sendable {
        case zeros
        case bytes([UInt8], at: UInt64)
        case block(BlockPointer, at: UInt64)
    }

    struct Run: Sendable {
        let range: Range<UInt64>
        let source: Source
    }

    /// In order, none overlapping another.
    private var runs: [Run] = []

    /// Puts a run over all that was there.
    mutating func lay(_ range: Range<UInt64>, _ source: Source) {
        guard !range.isEmpty else { return }
        let first = index(endingAfter: range.lowerBound)
        var last = first
        var pieces: [Run] = []
        while last < runs.count, runs[last].range.lowerBound < range.upperBound {
            let old = runs[last]
            if old.range.lowerBound < range.lowerBound {
                pieces.append(
                    Run(range: old.range.lowerBound..<range.lowerBound, source: old.source))
            }
            last += 1
        }
        pieces.append(Run(range: range, source: source))
        if last > first, runs[last - 1].range.upperBound > range.upperBound {
            let old = runs[last - 1]
            pieces.append(Run(range: range.upperBound..<old.range.upperBound, source: old.source))
        }
        runs.replaceSubrange(first..<last, with: pieces)
    }

    /// Whether anything in the range is changed.
    func touches(_ range: Range<UInt64>) -> Bool {
        let first = index(endingAfter: range.lowerBound)
        return first < runs.count && runs[first].range.lowerBound < range.upperBound
    }

    /// Whether nothing in the range is what is stored.
    func covers(_ range: Range<UInt64>) -> Bool {
        var place = range.lowerBound
        var next = index(endingAfter: place)
        while place < range.upperBound, next < runs.count, runs[next].range.lowerBound <= place {
            place = runs[next].range.upperBound
            next += 1
        }
        return place >= range.upperBound
    }

    /// The bytes of a range after the changes, nil where they are nothing but a hole; `base` is what is stored.
    func applied(
        to base: [UInt8]?, _ range: Range<UInt64>, of object: UInt64, from source: any BlockSource
    ) throws(ObjectError) -> [UInt8]? {
        let count = Int(range.upperBound - range.lowerBound)
        var isHole = base == nil
        var bytes = base ?? []
        bytes += [UInt8](repeating: 0, count: max(0, count - bytes.count))
        var next = index(endingAfter: range.lowerBound)
        while next < runs.count, runs[next].range.lowerBound < range.upperBound {
            let run = runs[next]
            next += 1
            let shared = run.range.clamped(to: range)
            let target =
                Int(
                    shared.lowerBound - range.lowerBound)..<Int(
                    shared.upperBound - range.lowerBound)
            switch run.source {
            case .zeros:
                bytes.replaceSubrange(target, with: repeatElement(0, count: target.count))
            case .bytes(let data, let start):
                isHole = false
                let from = Int(shared.lowerBound - start)
                bytes.replaceSubrange(target, with: data[from..<from + target.count])
            case .block(let pointer, let start):
                isHole = false
                let data: [UInt8]
                do {
                    data = try source.read(pointer).bytes
                } catch {
                    let index = range.lowerBound / UInt64(max(1, count))
                    throw ObjectError(object: object, .block(level: 0, index: index, error))
                }
                let from = Int(shared.lowerBound - start)
                guard from + target.count <= data.count else {
                    throw ObjectError(
                        object: object, .limit("a block of the log is shorter than its write"))
                }
                bytes.replaceSubrange(target, with: data[from..<from + target.count])
            }
        }
        return isHole ? nil : bytes
    }

    /// Gives the runs of data and holes of the changed file; `stored` are those of its tree.
    func forEachExtent<Failure: Error>(
        of stored: [FileExtent], size: UInt64, _ body: (FileExtent) throws(Failure) -> Void
    ) throws(Failure) {
        var changed: [FileExtent] = []
        for run in runs {
            let isHole = if case .zeros = run.source { true } else { false }
            changed.append(
                FileExtent(
                    offset: run.range.lowerBound,
                    byteCount: run.range.upperBound - run.range.lowerBound,
                    kind: isHole ? .hole : .data))
        }
        var joined = ExtentRuns(size: size)
        func give(_ extent: FileExtent) throws(Failure) {
            for run in joined.add(extent.offset, extent.byteCount, extent.kind) { try body(run) }
        }
        var place: UInt64 = 0
        var next = 0
        for extent in stored {
            place = max(place, extent.offset)
            while place < extent.end {
                while next < changed.count, changed[next].end <= place { next += 1 }
                if next < changed.count, changed[next].offset <= place {
                    try give(changed[next])
                    place = changed[next].end
                } else {
                    let end =
                        next < changed.count ? min(extent.end, changed[next].offset) : extent.end
                    try give(FileExtent(offset: place, byteCount: end - place, kind: extent.kind))
                    place = end
                }
            }
        }
        while next < changed.count {
            if changed[next].end > place { try give(changed[next]) }
            next += 1
        }
        for run in joined.finish() { try body(run) }
    }

    /// The index of the first run that ends after `offset`.
    private func index(endingAfter offset: UInt64) -> Int {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = low + (high - low) / 2
            if runs[middle].range.upperBound > offset { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
