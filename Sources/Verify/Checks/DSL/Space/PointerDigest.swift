import Vdevs

/// A fingerprint of a set of blocks that does not depend on their order, so that two large sets can be compared without
/// keeping either.
struct PointerDigest: Sendable, Hashable {
    private(set) var count: UInt64 = 0
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    /// Adds a block by what lists keep of it: where it lies, or how large it is where it is embedded, and its birth.
    mutating func add(_ pointer: BlockPointer) {
        let words =
            pointer.isEmbedded
            ? [pointer.properties, pointer.words[10]]
            : [pointer.words[0], pointer.words[1], pointer.words[9], pointer.words[10]]
        var mixed: UInt64 = 0x9e37_79b9_7f4a_7c15
        for word in words {
            mixed = (mixed ^ word) &* 0xff51_afd7_ed55_8ccd
            mixed ^= mixed >> 32
        }
        count &+= 1
        first &+= mixed
        second &+= (mixed ^ mixed >> 29) &* 0xc4ce_b9fe_1a85_ec53
    }
}
