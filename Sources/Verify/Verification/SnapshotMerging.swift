import Bytes

/// Tells what a dataset and its snapshots have in common once: of the newest that has it, with the names of the others.
///
/// An object that did not change is in every snapshot taken since it was damaged, and each is looked at.
struct SnapshotMerging {
    private let graph: DatasetGraph
    /// Names that anybody reads of one problem.
    private static let mostNames = 16

    init(_ graph: DatasetGraph) { self.graph = graph }

    /// What makes two problems the same one in different snapshots.
    private struct Key: Hashable {
        let directory: UInt64
        let kind: ProblemKind
        let location: Location
        let evidence: Record
    }

    func merged(_ problems: [Problem]) -> [Problem] {
        var groups: [Key: [Int]] = [:]
        for index in problems.indices {
            guard let key = key(of: problems[index]) else { continue }
            groups[key, default: []].append(index)
        }
        var merged = problems
        var dropped: Set<Int> = []
        for (key, members) in groups where members.count > 1 {
            let chain = graph.directories[key.directory]?.chain ?? []
            func age(_ index: Int) -> Int {
                problems[index].location.objectSet.flatMap { chain.firstIndex(of: $0) } ?? -1
            }
            // The chain ends with the head.
            let sorted = members.sorted { (age($0), $0) > (age($1), $1) }
            guard let newest = sorted.first else { continue }
            dropped.formUnion(sorted.dropFirst())
            merged[newest] = problems[newest].also(
                in: sorted.dropFirst().prefix(Self.mostNames).map { name(of: problems[$0]) },
                at: sorted.dropFirst().map { problems[$0].location })
        }
        return merged.indices.filter { !dropped.contains($0) }.map { merged[$0] }
    }

    private func key(of problem: Problem) -> Key? {
        guard let set = problem.location.objectSet, set != 0, let dataset = graph.datasets[set],
            problem.location.object != nil || problem.location.key != nil
        else { return nil }
        var location = problem.location
        location.objectSet = nil
        location.dataset = nil
        return Key(
            directory: dataset.directory, kind: problem.kind, location: location,
            evidence: problem.evidence)
    }

    private func name(of problem: Problem) -> String {
        let set = problem.location.objectSet ?? 0
        return graph.name(ofDataset: set) ?? "objset:\(set)"
    }
}

extension Problem {
    fileprivate func also(in names: [String], at places: [Location]) -> Problem {
        var evidence = evidence
        evidence.add("also_in", .list(names.map { .text($0) }))
        if places.count > names.count {
            evidence.add("also_in_count", .number(UInt64(places.count)))
        }
        var problem = Problem(kind, at: location, evidence: evidence)
        problem.owners = owners
        problem.consequences = consequences
        problem.alsoAt = places
        return problem
    }
}
