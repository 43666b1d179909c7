package import Bytes

/// The ring of uberblocks in one label: the last 16 to 128 commits of the pool.
///
/// Mirrors `vl_uberblock` and `VDEV_UBERBLOCK_SHIFT` (`include/sys/vdev_impl.h`).
package struct UberblockRing: Sendable, Hashable {
    /// Binary logarithm of a slot's size in bytes, 10 to 13: the vdev's ashift within these bounds.
    package let slotShift: Int
    /// The slot size was found by trying, since the label's configuration does not tell the ashift or
    /// tells one at which no slot is valid.
    package let isGuessed: Bool
    package let slots: [UberblockSlot]

    /// The sizes that a slot can have.
    package static let shifts = 10...13

    /// Decodes the ring `bytes`, which lies at byte `offset` of its device. `ashift` is what the
    /// label's configuration says, where it is known.
    package init(_ bytes: RawSpan, at offset: UInt64, ashift: UInt64?) {
        let told = ashift.flatMap { $0 < 64 ? Self.shift(ashift: Int($0)) : nil }
        var best: (shift: Int, slots: [UberblockSlot], valid: Int)?
        for shift in [told].compactMap(\.self) + Self.shifts.filter({ $0 != told }) {
            let slots = Self.slots(bytes, at: offset, shift: shift)
            let valid = slots.count(where: \.checksum.isValid)
            if valid > best?.valid ?? -1 { best = (shift, slots, valid) }
            if shift == told && valid > 0 { break }
        }
        slotShift = best?.shift ?? Self.shifts.lowerBound
        isGuessed = slotShift != told
        slots = best?.slots ?? []
    }

    /// The slot size of a vdev, as its binary logarithm.
    package static func shift(ashift: Int) -> Int {
        min(max(ashift, shifts.lowerBound), shifts.upperBound)
    }

    private static func slots(_ bytes: RawSpan, at offset: UInt64, shift: Int) -> [UberblockSlot] {
        let size = 1 << shift
        var slots: [UberblockSlot] = []
        let count = bytes.byteCount / size
        for index in 0..<count {
            guard let slot = try? bytes.slice(at: index * size, count: size) else { break }
            // Sound: a ring is 128 KiB, and a device ends long before 2^63 bytes.
            slots.append(
                UberblockSlot(
                    slot, index: index, at: offset &+ UInt64(index * size),
                    isLast: index == count - 1))
        }
        return slots
    }

    /// The uberblock that ZFS would choose here, not newer than `limit`.
    package func best(upTo limit: TransactionGroup? = nil) -> Uberblock? {
        var best: Uberblock?
        for slot in slots {
            // Labelling a device writes uberblocks of txg 0, which no pool can be opened at.
            guard let candidate = slot.validUberblock, candidate.txg.rawValue != 0 else {
                continue
            }
            if let limit, candidate.txg > limit { continue }
            if best?.precedes(candidate) ?? true { best = candidate }
        }
        return best
    }

    /// The last slot, where it holds a host's sign of life.
    package var multihostSlot: UberblockSlot? {
        slots.last.flatMap { $0.role(in: slots.count) == .multihost ? $0 : nil }
    }
}
