/// A claimed run of allocation units within one metaslab, packed into eight bytes.
///
/// The start stands above the length, so that sorting the words sorts the runs. 44 bits of start and
/// 19 bits of length carry metaslabs of 2^44 units and runs of half a million units; a longer run is cut. The lowest bit
/// marks runs of blocks that may be shared: the same run may then be claimed again.
package struct ClaimSegment: Sendable, Hashable {
    package let rawValue: UInt64
    private static let startShift: UInt64 = 20
    /// The longest run one segment can hold, in units.
    package static let longestRun = (1 << 19) - 1

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A run that is known to fit: `longestRun` at most, below 2^44.
    package init(_ run: Range<Int>, isShared: Bool = false) {
        rawValue =
            UInt64(truncatingIfNeeded: run.lowerBound) << Self.startShift
            | UInt64(truncatingIfNeeded: run.count) << 1 | (isShared ? 1 : 0)
    }

    package var start: Int { Int(truncatingIfNeeded: rawValue >> Self.startShift) }
    package var count: Int {
        Int(truncatingIfNeeded: rawValue >> 1 & UInt64(Self.longestRun))
    }
    /// Whether others may claim the very same run by right.
    var isShared: Bool { rawValue & 1 != 0 }
    /// The units of the run; both numbers are far below the limits of `Int`.
    package var run: Range<Int> { start..<start &+ count }
}
