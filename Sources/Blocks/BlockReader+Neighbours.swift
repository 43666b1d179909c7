import Bytes
import Devices
package import Vdevs

extension BlockReader {
    /// One read has at most so many bytes.
    private static let neighbourLimit: UInt64 = 1 << 20
    /// So many bytes are rather read in vain than with another read.
    private static let neighbourGap: UInt64 = 16 << 10

    /// Reads runs of blocks that lie side by side on one healthy device at once.
    ///
    /// What is in the way of that, redundancy, missing devices, a wrong checksum, is left to `read`, which
    /// knows all ways to a block.
    package func readNeighbours(_ pointers: [BlockPointer]) -> [ReadOutcome?] {
        var outcomes = [ReadOutcome?](repeating: nil, count: pointers.count)
        let runs = pointers.map { run(of: $0) }
        var first = 0
        while first < runs.count {
            var last = first
            var length: UInt64 = 0
            if let start = runs[first] {
                length = UInt64(start.byteCount)
                while last + 1 < runs.count, let next = runs[last + 1], next.leaf == start.leaf,
                    next.offset >= start.offset + length,
                    next.offset - start.offset - length <= Self.neighbourGap,
                    next.offset - start.offset + UInt64(next.byteCount) <= Self.neighbourLimit
                {
                    length = next.offset - start.offset + UInt64(next.byteCount)
                    last += 1
                }
            }
            if last > first {
                fill(&outcomes, first...last, pointers, runs, Int(truncatingIfNeeded: length))
            }
            first = last + 1
        }
        return outcomes
    }

    private func fill(
        _ outcomes: inout [ReadOutcome?], _ range: ClosedRange<Int>, _ pointers: [BlockPointer],
        _ runs: [DataRun?], _ length: Int
    ) {
        guard let start = runs[range.lowerBound],
            let device = vdevs.leaves[start.leaf].device,
            let bytes = try? device.read(at: start.offset, count: length)
        else { return }
        for index in range {
            guard let run = runs[index],
                let stored = try? bytes.rawBytes.slice(
                    at: Int(truncatingIfNeeded: run.offset - start.offset), count: run.byteCount),
                matches(pointers[index], stored: stored)
            else { continue }
            outcomes[index] = try? plain(pointers[index], ReadOutcome(bytes: stored.array))
        }
    }

    /// Where the block lies, if that is one run on one device.
    private func run(of pointer: BlockPointer) -> DataRun? {
        guard !pointer.isHole, !pointer.isEmbedded, !pointer.isRedacted, !pointer.isGang,
            pointer.hasCopy(0), UInt64(pointer.physicalSize) < Self.neighbourLimit
        else { return nil }
        var only: DataRun?
        var count = 0
        try? vdevs.forEachDataRun(
            of: pointer.dva(0), count: pointer.physicalSize, physicalBirth: pointer.physicalBirth
        ) { run in
            only = run
            count += 1
        }
        guard count == 1, let only, only.blockOffset == 0, only.byteCount == pointer.physicalSize
        else { return nil }
        return only
    }
}
