/// The problems met while a ZAP is read, not more than a report can use.
struct ZAPProblems {
    /// A hostile ZAP can hold a problem in each chunk; what comes after so many is counted only.
    static let limit = 1000

    private(set) var list: [ZAPProblem] = []
    private var omitted = 0

    mutating func add(_ problem: ZAPProblem) {
        if list.count < Self.limit { list.append(problem) } else { omitted += 1 }
    }

    /// All problems, the last one telling of those left out.
    var all: [ZAPProblem] {
        guard omitted > 0 else { return list }
        return list + [
            ZAPProblem(.more, block: 0, at: 0, "\(omitted) further problems are not listed")
        ]
    }
}
