import Bytes
import Vdevs

/// A block of pointers that waits to be read: everything below it is one piece of work.
struct CensusTask: Sendable {
    let pointer: BlockPointer
    let place: BlockPlace
    let floor: TransactionGroup
    /// What stands in the block.
    let content: Content

    enum Content: Sendable {
        /// Pointers to the level below.
        case pointers
        case dnodes
        case objectSet
    }
}
