import Bytes

/// What the deadlist of one dataset holds.
struct DeadlistFacts: Sendable {
    /// Sums over its entries.
    var listed = DeadSpace()
    /// Whether all of it could be read.
    var isComplete = true
    /// What the block trees say that it must hold; nil where they were not compared.
    var loss: TreeComparison.Loss?
    /// Pointers that the dataset and the snapshot before it should have alike, the first of them, and how many there are.
    var differences: [PointerDifference] = []
    var differenceCount = 0
    /// A fingerprint of its entries.
    var digest = PointerDigest()
    var problems: ProblemList

    /// Problems that are kept of all deadlists together; a report has no room for more.
    static let mostProblems = 10_000

    /// Keeps at most so many problems.
    init(room: Int) { problems = ProblemList(limit: room) }
}
