/// Numbers that were met before; where there are too many to keep, the newest of them.
///
/// For walks that must not enter a block twice: in a sound pool none could be, so nothing is lost where an old number is
/// forgotten, and a tree that leads to itself meets the same few again and again.
package struct RecentNumbers: Sendable {
    private var newer: Set<UInt64> = []
    private var older: Set<UInt64> = []
    /// Numbers in either set.
    private let limit: Int

    /// A number in the set that grows, with the set's older self beside it, and one in the other.
    private static let bytesPerNumber = 64

    /// `memory` is in bytes.
    package init(memory: Int) { limit = max(1, memory / Self.bytesPerNumber) }

    /// Notes a number; false where it was noted before.
    package mutating func insert(_ number: UInt64) -> Bool {
        guard !older.contains(number), newer.insert(number).inserted else { return false }
        if newer.count >= limit {
            older = newer
            newer = []
        }
        return true
    }
}
