import Vdevs

/// What the walk noted of ZAPs: problems of those of one block, and which others are to be read.
struct ZAPFindings: Sendable {
    /// A ZAP that is read when the walk has ended.
    struct Place: Sendable {
        let objectSet: UInt64
        let object: UInt64
        /// Its contents are encrypted.
        let isSealed: Bool
    }

    var problems = ProblemList()
    var waiting: [Place] = []
    /// ZAPs that were not kept, for want of memory.
    var omittedCount = 0
    /// Where the object sets begin that the places are in.
    var roots: [UInt64: BlockPointer] = [:]

    mutating func add(_ share: ZAPFindings) {
        problems.add(share.problems)
        waiting += share.waiting
        omittedCount += share.omittedCount
        roots.merge(share.roots) { first, _ in first }
    }
}
