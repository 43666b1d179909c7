import Synchronization

/// Where the checks of a run put what they found, from any thread.
final class FindingSink: Sendable {
    private struct State {
        var problems = ProblemList()
        var omittedCount = 0
        var unchecked: [Unchecked] = []
        var known: Set<Unchecked> = []
        var uncheckedByteCount = 0
    }

    private let state = Mutex(State())
    /// A hostile pool can keep anything from being looked at; nobody reads more than this.
    static let uncheckedLimit = 10_000
    /// Bytes of texts of what was not looked at.
    private static let uncheckedByteLimit = 16 << 20

    func add(_ problem: Problem) { state.withLock { $0.problems.add(problem) } }

    /// Takes back what was found since there were `count` problems, but for those of `kinds`, and returns it.
    func withdraw(since count: Int, except kinds: Set<ProblemKind>) -> [Problem] {
        state.withLock { state in
            let all = state.problems.all
            guard count < all.count else { return [] }
            let withdrawn = all[count...].filter { !kinds.contains($0.kind) }
            var kept = ProblemList()
            for problem in all[..<count] { kept.add(problem) }
            for problem in all[count...] where kinds.contains(problem.kind) { kept.add(problem) }
            state.problems = kept
            return withdrawn
        }
    }

    /// How many problems are kept.
    var keptCount: Int { state.withLock { $0.problems.all.count } }

    /// Counts problems that were met and not kept.
    func omit(_ count: Int) { state.withLock { $0.omittedCount += count } }

    /// Notes each thing once.
    func add(_ item: Unchecked) {
        state.withLock { state in
            let size = item.what.utf8.count + item.why.utf8.count
            guard state.unchecked.count < Self.uncheckedLimit,
                size <= Self.uncheckedByteLimit - state.uncheckedByteCount,
                state.known.insert(item).inserted
            else { return }
            state.uncheckedByteCount += size
            state.unchecked.append(item)
        }
    }

    var problems: [Problem] { state.withLock { $0.problems.all } }
    var count: Int {
        state.withLock { $0.problems.all.count + $0.problems.omittedCount + $0.omittedCount }
    }
    var omittedCount: Int { state.withLock { $0.problems.omittedCount + $0.omittedCount } }
    var unchecked: [Unchecked] { state.withLock { $0.unchecked } }
}
