import Vdevs

/// What tells one freed block from another by what lists keep of it: place and births, or size and birth where it is
/// embedded.
///
/// In a pool with removed vdevs the kernel may have given a head's pointer another place than the snapshot's before, so there
/// only properties and birth tell.
struct PointerIdentity: Hashable, Sendable {
    let first: UInt64
    let second: UInt64
    let third: UInt64
    let birth: UInt64

    init(_ pointer: BlockPointer, isMovable: Bool) {
        birth = pointer.words[10]
        if pointer.isEmbedded || isMovable {
            (first, second, third) = (pointer.properties, 0, 0)
        } else {
            (first, second, third) = (pointer.words[0], pointer.words[1], pointer.words[9])
        }
    }
}
