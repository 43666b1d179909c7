/// The claims that a large pool would make, in an order without any locality, computed instead of kept.
///
/// Every claim has a slot of its own, so that none overlaps another and each metaslab's share can be told
/// without the others. A bijection on the positions shuffles them, which is the worst order for caches; a real
/// walk meets blocks of one file side by side.
struct ClaimSequence: Sendable {
    let metaslabCount: Int
    let claimsPerMetaslab: Int
    private let slotUnits: Int
    /// Positions are shuffled among this power of two.
    private let shift: UInt64

    init(metaslabCount: Int, claimsPerMetaslab: Int, unitsPerMetaslab: Int) {
        self.metaslabCount = metaslabCount
        self.claimsPerMetaslab = claimsPerMetaslab
        slotUnits = unitsPerMetaslab / claimsPerMetaslab
        shift = UInt64(64 - (metaslabCount * claimsPerMetaslab - 1).leadingZeroBitCount)
    }

    var count: Int { metaslabCount * claimsPerMetaslab }
    /// How many positions there are; those whose shuffled number is no claim are passed over.
    var positionCount: Int { 1 << Int(shift) }

    /// The claim that stands at a position: its metaslab and the units there.
    func claim(atPosition position: Int) -> (metaslab: Int, units: Range<Int>)? {
        let number = shuffled(UInt64(position))
        guard number < count else { return nil }
        let (metaslab, slot) = number.quotientAndRemainder(dividingBy: claimsPerMetaslab)
        return (metaslab, units(ofSlot: slot, metaslab))
    }

    /// What a slot of a metaslab claims: a part of it, so that gaps stay between neighbours.
    func units(ofSlot slot: Int, _ metaslab: Int) -> Range<Int> {
        let random = UInt64(metaslab &* claimsPerMetaslab &+ slot) &* 0x9e37_79b9_7f4a_7c15
        let length = 1 + Int(random >> 40) % (slotUnits - 1)
        let start = slot * slotUnits
        return start..<start + length
    }

    private func shuffled(_ position: UInt64) -> Int {
        let mask = UInt64(1) << shift - 1
        var number = position
        for factor in [0x2545_f491_4f6c_dd1d, 0x9e37_79b9_7f4a_7c15] as [UInt64] {
            number = number &* factor & mask
            number ^= number >> (shift / 2)
        }
        return Int(number)
    }
}
