package import Vdevs

/// A block of pointers that waits to be read: everything below it is one piece of work.
package struct CensusTask: Sendable {
    package let pointer: BlockPointer
    package let place: BlockPlace
    let scope: CensusScope
    /// What stands in the block.
    package let content: Content
    /// The size that the dnode gives the data blocks below, in bytes; 0 where no dnode is above.
    package let dataBlockSize: UInt32

    package enum Content: Sendable {
        /// Pointers to the level below.
        case pointers
        case dnodes
        case objectSet
    }

    init(
        pointer: BlockPointer, place: BlockPlace, scope: CensusScope, content: Content,
        dataBlockSize: UInt32 = 0
    ) {
        self.pointer = pointer
        self.place = place
        self.scope = scope
        self.content = content
        self.dataBlockSize = dataBlockSize
    }
}
