/// The number of a transaction group: the pool's own clock, one tick for each commit.
///
/// A type of its own keeps it from being mixed up with counts and offsets. Mirrors `txg`, a plain
/// `uint64_t` in ZFS. Inlinable, because every block of a walk has two.
@usableFromInline
@frozen
package struct TransactionGroup:
    RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible
{
    @usableFromInline package let rawValue: UInt64
    @inlinable package init(rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    @inlinable package static func < (left: Self, right: Self) -> Bool {
        left.rawValue < right.rawValue
    }
    @usableFromInline package var description: String { String(rawValue) }
}
