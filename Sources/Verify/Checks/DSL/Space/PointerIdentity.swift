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

    /// A number that spreads blocks evenly over all of its bits.
    var number: UInt64 {
        var mixed: UInt64 = 0x9e37_79b9_7f4a_7c15
        Self.mix(first, into: &mixed)
        Self.mix(second, into: &mixed)
        Self.mix(third, into: &mixed)
        Self.mix(birth, into: &mixed)
        return mixed
    }

    private static func mix(_ word: UInt64, into mixed: inout UInt64) {
        mixed = (mixed ^ word) &* 0xff51_afd7_ed55_8ccd
        mixed ^= mixed >> 32
    }
}
