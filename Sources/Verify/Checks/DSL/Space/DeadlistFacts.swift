import Bytes

/// What the deadlist of one dataset holds.
struct DeadlistFacts: Sendable {
    /// Sums over its entries.
    var listed = DeadSpace()
    /// Whether all of it could be read.
    var isComplete = true
    /// What of its entries is to be looked for in the block trees.
    var digest = PointerDigest()
    var problems = ProblemList()
}
