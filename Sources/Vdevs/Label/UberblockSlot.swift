import Bytes

/// One slot of an uberblock ring.
package struct UberblockSlot: Sendable, Hashable {
    package let index: Int
    /// On the device, in bytes.
    package let offset: UInt64
    package let checksum: LabelChecksum
    /// What the slot holds, whatever its checksum says; nil where the magic number is wrong.
    package let uberblock: Uberblock?

    init(_ bytes: RawSpan, index: Int, at offset: UInt64) {
        self.index = index
        self.offset = offset
        checksum = LabelChecksum(bytes, at: offset)
        uberblock = checksum == .empty ? nil : try? Uberblock(bytes)
    }

    package var isEmpty: Bool { checksum == .empty }
    /// The uberblock, where ZFS would believe it.
    package var validUberblock: Uberblock? { checksum.isValid ? uberblock : nil }

    /// What kind of write put the uberblock into this slot of a ring of `count`.
    package func role(in count: Int) -> Role? {
        guard let uberblock, count > 1 else { return nil }
        let txg = uberblock.txg.rawValue
        let index = UInt64(index)
        let (whole, shared) = (UInt64(count), UInt64(count - 1))
        if uberblock.reflow.state == .valid && txg > 0
            && (index == (txg - 1) % whole || index == (txg - 1) % shared)
        {
            return .reflow
        }
        if index == shared && uberblock.multihost.isOn { return .multihost }
        return index == txg % whole || index == txg % shared ? .commit : .misplaced
    }

    /// Why an uberblock stands where it does.
    package enum Role: String, Sendable, Hashable {
        /// The commit of its txg: slot txg modulo the ring, less the last slot where multihost is on.
        case commit
        /// A sign of life of a host, in the last slot.
        case multihost
        /// The second uberblock of a txg in the middle of a RAID-Z expansion, one slot earlier.
        case reflow
        /// No rule of ZFS puts it here.
        case misplaced
    }
}
