import Bytes
import Datasets
import Vdevs

/// Sums over the blocks that a dataset no longer has of those that its predecessor had.
///
/// Which of them count as a snapshot's own depends on when they were born, so there are three sums.
struct DeadSpace: Sendable, Hashable {
    /// All of them.
    var total = ChargedSpace()
    /// Those that the predecessor alone had, not the snapshot before it.
    var bornInPrevious = ChargedSpace()
    /// Those that were born in the directory, not before its origin was taken.
    var bornAfterOrigin = ChargedSpace()
}

/// Adds blocks up by when they were born.
struct DeadSpaceSum {
    /// Blocks born after it are the predecessor's alone.
    let previousFloor: TransactionGroup
    let originTxg: TransactionGroup
    let deflation: Deflation
    private(set) var sum = DeadSpace()

    init(
        previousFloor: TransactionGroup, originTxg: TransactionGroup, deflation: Deflation
    ) {
        self.previousFloor = previousFloor
        self.originTxg = originTxg
        self.deflation = deflation
    }

    mutating func add(_ pointer: BlockPointer) {
        let space = ChargedSpace(pointer, deflation)
        sum.total += space
        if pointer.birth > previousFloor { sum.bornInPrevious += space }
        if pointer.birth > originTxg { sum.bornAfterOrigin += space }
    }
}
