import Blocks
package import Vdevs

extension DMUObject {
    /// Data blocks that a walk over the tree came to, each with its index and pointer.
    ///
    /// The same as `orderedBlock` for each, without looking the pointers up again, and with one read for those that
    /// lie side by side.
    package func blocks(
        _ places: [(index: UInt64, pointer: BlockPointer)]
    ) -> [Result<TreeBlock, ObjectError>] {
        let outcomes =
            places.count > 1
            ? tree.source.readNeighbours(places.map(\.pointer))
            : [ReadOutcome?](repeating: nil, count: places.count)
        return zip(places, outcomes).map { place, outcome in
            Result { () throws(ObjectError) in
                try tree.check(place.pointer, level: 0, index: place.index)
                if let outcome, outcome.bytes.count == blockSize {
                    return TreeBlock(outcome, place.pointer)
                }
                return try tree.read(
                    place.pointer, level: 0, index: place.index, cached: false)
            }
        }
    }
}
