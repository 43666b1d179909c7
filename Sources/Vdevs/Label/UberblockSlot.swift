import Bytes

/// One slot of an uberblock ring.
package struct UberblockSlot: Sendable, Hashable {
    package let index: Int
    /// On the device, in bytes.
    package let offset: UInt64
    package let checksum: LabelChecksum
    package let contents: Contents

    package enum Contents: Sendable, Hashable {
        case empty
        /// Whatever its checksum says.
        case uberblock(Uberblock)
        /// What is left from when the device was labelled: the whole ring is then written as one block, with
        /// an uberblock of txg 0 (often without a magic number) at its start and its checksum at its end.
        case initial
        /// Neither.
        case unknown
    }

    init(_ bytes: RawSpan, index: Int, at offset: UInt64, isLast: Bool) {
        self.index = index
        self.offset = offset
        checksum = LabelChecksum(bytes, at: offset)
        if checksum == .empty {
            contents = .empty
        } else if index == 0 && Self.isInitialStart(bytes) || isLast && Self.isInitialEnd(bytes) {
            contents = .initial
        } else {
            let uberblock = (try? Uberblock(bytes)).map(Contents.uberblock)
            contents = uberblock ?? (Self.isUnwritten(bytes) ? .initial : .unknown)
        }
    }

    private static func isInitialStart(_ bytes: RawSpan) -> Bool {
        let txg = try? Uberblock.Layout.txg.read(bytes, .little)
        let size = Uberblock.Layout.byteCount
        return txg == 0 && bytes.byteCount > size && bytes.extracting(droppingFirst: size).isAllZero
    }

    /// Early versions labelled a device with a slot of its own for each uberblock, none of which has a number.
    private static func isUnwritten(_ bytes: RawSpan) -> Bool {
        let magic = try? Uberblock.Layout.magic.read(bytes, .little)
        return magic == 0 && (try? Uberblock.Layout.txg.read(bytes, .little)) == 0
    }

    private static func isInitialEnd(_ bytes: RawSpan) -> Bool {
        let size = LabelChecksum.trailerSize
        return bytes.byteCount > size && bytes.extracting(droppingLast: size).isAllZero
    }

    package var isEmpty: Bool { contents == .empty }
    /// What the slot holds, whatever its checksum says.
    package var uberblock: Uberblock? {
        if case .uberblock(let uberblock) = contents { uberblock } else { nil }
    }
    /// The uberblock, where ZFS would believe it.
    package var validUberblock: Uberblock? { checksum.isValid ? uberblock : nil }

    /// What kind of write put its contents into this slot of a ring of `count`; nil for an empty one.
    package func role(in count: Int) -> Role? {
        if contents == .initial { return .initial }
        guard let uberblock, count > 1 else { return nil }
        let txg = uberblock.txg.rawValue
        if txg == 0 { return .initial }
        let index = UInt64(index)
        let (whole, shared) = (UInt64(count), UInt64(count - 1))
        if uberblock.reflow.state == .valid
            && (index == (txg - 1) % whole || index == (txg - 1) % shared)
        {
            return .reflow
        }
        if index == shared && uberblock.multihost.isOn { return .multihost }
        return index == txg % whole || index == txg % shared ? .commit : .misplaced
    }

    /// Why a slot holds what it does.
    package enum Role: String, Sendable, Hashable {
        /// The commit of its txg: slot txg modulo the ring, less the last slot where multihost is on.
        case commit
        /// A sign of life of a host, in the last slot.
        case multihost
        /// The second uberblock of a txg in the middle of a RAID-Z expansion, one slot earlier.
        case reflow
        /// Left from when the device was labelled: txg 0, which ZFS does not open. Its checksum need not
        /// fit a slot.
        case initial
        /// No rule of ZFS puts it here.
        case misplaced
    }
}
