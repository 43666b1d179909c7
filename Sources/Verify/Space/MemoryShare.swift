import Synchronization

/// The memory that one part of a run may take for what it keeps, in bytes, shared by its workers.
final class MemoryShare: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(_ limit: Int) { self.limit = max(0, limit) }

    /// What nobody has taken yet.
    var left: Int { max(0, limit - used.load(ordering: .relaxed)) }

    /// Takes so much; false, and nothing is taken, where there is less.
    func take(_ count: Int) -> Bool {
        var known = used.load(ordering: .relaxed)
        // Never more than the limit, not even for a moment, for then somebody else would find nothing left.
        while count <= limit - known {
            let (isTaken, now) = used.weakCompareExchange(
                expected: known, desired: known + count, ordering: .relaxed)
            if isTaken { return true }
            known = now
        }
        return false
    }

    func giveBack(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}
