/// What the walk noted of block trees, and what can only be judged when all trees are known.
struct TreeFindings: Sendable {
    var problems = ProblemList()
    var suspects: [FillSuspect] = []
    var objects: [TreeObject] = []
    /// Objects that were not kept, for want of memory.
    var omittedCount = 0
    /// A hostile pool has as many as it has blocks.
    static let suspectLimit = 10_000

    mutating func add(_ share: TreeFindings) {
        problems.add(share.problems)
        suspects += share.suspects.prefix(
            Self.suspectLimit - min(suspects.count, Self.suspectLimit))
        objects += share.objects
        omittedCount += share.omittedCount
    }
}
