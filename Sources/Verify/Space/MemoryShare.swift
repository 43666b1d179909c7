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
        let (old, new) = used.add(count, ordering: .relaxed)
        guard old <= limit, new <= limit else {
            giveBack(count)
            return false
        }
        return true
    }

    func giveBack(_ count: Int) { used.subtract(count, ordering: .relaxed) }
}
