import Bytes
import Vdevs

/// Puts what several books say of one damage together: the one that is wrong, and below it those that only repeat it.
///
/// A cure for the cause cures its echoes, so that nobody needs to see them beside it.
struct Echoes {
    /// The directory of each dataset, by its object; objects of a head and of its snapshots are the same.
    private let directories: [UInt64: UInt64]

    init(_ graph: DatasetGraph?) {
        directories = graph?.datasets.mapValues(\.directory) ?? [:]
    }

    func folded(_ problems: [Problem]) -> [Problem] {
        var problems = problems
        fold(into: &problems, causes: isRootFill, [.objectCount], fits: { _, _ in true })
        let owners = Dictionary(grouping: problems.filter { $0.kind == .dnodeUsed }) {
            directory(of: $0)
        }
        func isEcho(_ cause: Problem, _ echo: Problem) -> Bool {
            guard directory(of: cause) == directory(of: echo), let off = surplus(echo) else {
                return false
            }
            // The sum over several objects of one owner is off by what all of them are, that of one by its own.
            let all = (owners[directory(of: cause)] ?? []).compactMap(surplus).reduce(0, &+)
            return 0 &- off == all || 0 &- off == surplus(cause) ?? 0
        }
        fold(
            into: &problems, causes: { $0.kind == .dnodeUsed }, [.accountingMismatch], fits: isEcho)
        return problems
    }

    /// The fill of the MOS's root, which `object.fill-mismatch` compares with the number of objects.
    private func isRootFill(_ problem: Problem) -> Bool {
        problem.kind == .fillMismatch && problem.location.objectSet == 0
            && problem.location.level == Int64(BlockPlace.rootLevel)
    }

    /// Moves each echo to the first cause that it fits.
    private func fold(
        into problems: inout [Problem], causes isCause: (Problem) -> Bool,
        _ kinds: Set<ProblemKind>,
        fits: (_ cause: Problem, _ echo: Problem) -> Bool
    ) {
        let causes = problems.indices.filter { isCause(problems[$0]) }
        guard !causes.isEmpty else { return }
        var moved: Set<Int> = []
        for echo in problems.indices where kinds.contains(problems[echo].kind) {
            guard let cause = causes.first(where: { fits(problems[$0], problems[echo]) }) else {
                continue
            }
            problems[cause].consequences.append(problems[echo])
            moved.insert(echo)
        }
        problems = problems.indices.filter { !moved.contains($0) }.map { problems[$0] }
    }

    private func directory(of problem: Problem) -> UInt64? {
        problem.location.objectSet.map { directories[$0] ?? $0 }
    }

    /// What is found above what is expected, modulo 2^64.
    private func surplus(_ problem: Problem) -> UInt64? {
        guard let expected = problem.evidence["expected"]?.count,
            let found = problem.evidence["found"]?.count
        else { return nil }
        return found &- expected
    }
}

extension Record.Value {
    /// The number, whatever it counts; nil for anything else.
    fileprivate var count: UInt64? {
        switch self {
        case .number(let number), .bytes(let number): number
        default: nil
        }
    }
}
