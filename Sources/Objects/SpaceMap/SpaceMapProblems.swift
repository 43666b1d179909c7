/// The problems met while a space map is read, not more than a report can use.
struct SpaceMapProblems {
    /// A hostile map can have a problem in each block; what comes after so many is counted only.
    static let limit = 1000

    private var list: [SpaceMapProblem] = []
    private var omitted = 0
    /// The first of those left out, or the first that kept entries from being read.
    private var gravest: SpaceMapProblem?

    mutating func add(_ problem: SpaceMapProblem) {
        guard list.count >= Self.limit else {
            list.append(problem)
            return
        }
        omitted += 1
        if gravest == nil || gravest?.kind == .torn && problem.kind != .torn { gravest = problem }
    }

    /// All problems, the last one telling of those left out.
    var all: [SpaceMapProblem] {
        guard let gravest else { return list }
        return list + [
            SpaceMapProblem(
                gravest.kind, at: gravest.position, "\(omitted) further problems are not listed")
        ]
    }
}
