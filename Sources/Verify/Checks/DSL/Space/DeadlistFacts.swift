import Bytes

/// What the deadlist of one dataset holds.
struct DeadlistFacts: Sendable {
    /// Sums over its entries.
    var listed = DeadSpace()
    /// Whether all of it could be read.
    var isComplete = true
    /// What the block trees say that it must hold; nil where they were not compared.
    var loss: TreeComparison.Loss?
    /// A fingerprint of its entries.
    var digest = PointerDigest()
    var problems = ProblemList()
}
