/// A claimed run of allocation units within one metaslab, packed into eight bytes.
///
/// The start stands above the length, so that sorting the words sorts the runs. 44 bits of start and
/// 20 bits of length carry metaslabs of 2^44 units and runs of a million units; a longer run is cut.
package struct ClaimSegment: Sendable, Hashable {
    package let rawValue: UInt64
    static let lengthBits: UInt64 = 20
    /// The longest run one segment can hold, in units.
    package static let longestRun = (1 << 20) - 1

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// A run that is known to fit: `longestRun` at most, below 2^44.
    package init(_ run: Range<Int>) {
        rawValue =
            UInt64(truncatingIfNeeded: run.lowerBound) << Self.lengthBits
            | UInt64(truncatingIfNeeded: run.count)
    }

    package var start: Int { Int(truncatingIfNeeded: rawValue >> Self.lengthBits) }
    package var count: Int {
        Int(truncatingIfNeeded: rawValue & ((1 << Self.lengthBits) - 1))
    }
    /// The units of the run; both numbers are far below the limits of `Int`.
    package var run: Range<Int> { start..<start &+ count }
}
