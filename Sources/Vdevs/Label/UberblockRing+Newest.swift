import Bytes

extension UberblockRing {
    /// The uberblock that ZFS would choose in the ring `bytes`, found without decoding the ring.
    ///
    /// Slots are tried from the newest txg down, and the first whose checksum is right is it, so that on a
    /// sound ring one checksum is computed instead of 128. `bytes` lies at byte `offset` of its device.
    static func newest(_ bytes: RawSpan, at offset: UInt64, ashift: UInt64) -> Uberblock? {
        let size = 1 << shift(ashift: Int(min(ashift, 63)))
        var claims: [(txg: UInt64, place: Int)] = []
        for place in stride(from: 0, to: bytes.byteCount - size + 1, by: size) {
            if let txg = claimedTxg(bytes, place) { claims.append((txg, place)) }
        }
        claims.sort { $0.txg > $1.txg }
        var best: Uberblock?
        for claim in claims {
            // Slots of one txg differ in time and multihost sequence; all of them are looked at.
            if let best, claim.txg < best.txg.rawValue { break }
            guard let slot = try? bytes.slice(at: claim.place, count: size) else { continue }
            // Sound: a device ends long before 2^63 bytes.
            let index = claim.place / size
            let whole = UberblockSlot(
                slot, index: index, at: offset &+ UInt64(claim.place),
                isLast: index == bytes.byteCount / size - 1)
            guard let candidate = whole.validUberblock else { continue }
            if best?.precedes(candidate) ?? true { best = candidate }
        }
        return best
    }

    /// The txg that the slot at `place` claims; nil where its magic number is wrong.
    private static func claimedTxg(_ bytes: RawSpan, _ place: Int) -> UInt64? {
        guard let magic = try? bytes.integer(at: place, .little, as: UInt64.self) else {
            return nil
        }
        let order: ByteOrder
        switch magic {
        case Uberblock.Layout.magicNumber: order = .little
        case Uberblock.Layout.magicNumber.byteSwapped: order = .big
        default: return nil
        }
        return try? bytes.integer(at: place + Uberblock.Layout.txg.offset, order)
    }
}
