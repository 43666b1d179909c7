/// The number of a transaction group: the pool's own clock, one tick for each commit.
///
/// A type of its own keeps it from being mixed up with counts and offsets. Mirrors `txg`, a plain
/// `uint64_t` in ZFS.
package struct TransactionGroup:
    RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }
    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    package var description: String { String(rawValue) }
}
