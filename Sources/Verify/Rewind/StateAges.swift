import Bytes

/// The groups of the states of a survey, the newest first, to tell which of them lack a block.
struct StateAges: Sendable {
    private let txgs: [TransactionGroup]

    init(_ txgs: [TransactionGroup]) { self.txgs = txgs }

    var count: Int { txgs.count }
    var oldest: TransactionGroup { txgs.last ?? TransactionGroup(0) }

    /// The place of the newest state that was before `birth`; all that come after it in the list lack the block, too. Nil
    /// where every state has it.
    func newestLacking(_ birth: TransactionGroup) -> Int? {
        var (low, high) = (0, txgs.count)
        while low < high {
            let middle = (low + high) / 2
            if txgs[middle] < birth { high = middle } else { low = middle + 1 }
        }
        return low < txgs.count ? low : nil
    }
}
