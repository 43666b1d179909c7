package import Bytes
package import Vdevs

/// A place where a walk over the pool begins.
package struct CensusRoot: Sendable {
    package let pointer: BlockPointer
    package let place: BlockPlace
    /// Only blocks born after this group are visited here; older ones belong to an earlier snapshot or
    /// to the origin of a clone, and are visited there.
    package let floor: TransactionGroup

    package init(pointer: BlockPointer, place: BlockPlace, floor: TransactionGroup) {
        self.pointer = pointer
        self.place = place
        self.floor = floor
    }
}
