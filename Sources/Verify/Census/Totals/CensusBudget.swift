import Synchronization

/// The memory that the notes of a census may take, shared by all workers.
final class CensusBudget: Sendable {
    private let limit: Int
    private let used = Atomic<Int>(0)

    init(_ limit: Int) { self.limit = limit }

    var isLeft: Bool { used.load(ordering: .relaxed) < limit }

    func take(_ count: Int) { used.add(count, ordering: .relaxed) }
}
