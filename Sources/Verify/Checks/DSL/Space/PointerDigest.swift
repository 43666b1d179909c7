/// A fingerprint of a set of blocks that does not depend on their order, so that two large sets can be compared without
/// keeping either.
struct PointerDigest: Sendable, Hashable {
    private(set) var count: UInt64 = 0
    private var first: UInt64 = 0
    private var second: UInt64 = 0

    mutating func add(_ identity: PointerIdentity) {
        var mixed: UInt64 = 0x9e37_79b9_7f4a_7c15
        mix(identity.first, into: &mixed)
        mix(identity.second, into: &mixed)
        mix(identity.third, into: &mixed)
        mix(identity.birth, into: &mixed)
        count &+= 1
        first &+= mixed
        second &+= (mixed ^ mixed >> 29) &* 0xc4ce_b9fe_1a85_ec53
    }

    private func mix(_ word: UInt64, into mixed: inout UInt64) {
        mixed = (mixed ^ word) &* 0xff51_afd7_ed55_8ccd
        mixed ^= mixed >> 32
    }
}
