import Bytes
import Datasets
import Vdevs

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
