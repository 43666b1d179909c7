/// A fingerprint of a set of blocks that does not depend on their order, so that two large sets can be compared without
/// keeping either.
struct PointerDigest: Sendable, Hashable {
    private(set) var count: UInt64 = 0
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    mutating func add(_ identity: PointerIdentity) {
        let mixed = identity.number
        count &+= 1
        first &+= mixed
        second &+= (mixed ^ mixed >> 29) &* 0xc4ce_b9fe_1a85_ec53
    }
}
