package import Bytes
import Objects
import Vdevs

/// What has to be done to a damaged tree.
extension ObjectDraft {
    /// Makes a hole of a whole branch, which can't be read; what hangs below it is not freed, since nobody knows what it is.
    package mutating func cut(_ slot: TreeSlot) {
        precondition(slot.level > 0, "data is punched")
        cuts.insert(slot)
        recountsSpace = true
    }

    /// Lets go of the block that a pointer leads to now without giving its space back: the pointer can't be trusted.
    package mutating func abandon(_ slot: TreeSlot) {
        abandoned.insert(slot)
        recountsSpace = true
    }

    /// Lets `dn_used` be what all blocks take that can be reached.
    package mutating func recountSpace() { recountsSpace = true }

    /// Writes data blocks again as they are, so that the pointers to them and above them say what is true.
    ///
    /// The first block at or below the slot that is stored; nothing happens where there is none.
    package mutating func touch(_ slot: TreeSlot) throws(RepairError) {
        guard let base else { return }
        let shift = UInt64(base.dnode.pointersPerBlockShift) * UInt64(slot.level)
        guard shift < 64, slot.index <= .max >> shift else { return }
        let first = slot.index << shift
        struct Found: Error { let index: UInt64 }
        do throws(Found) {
            try base.tree.forEachPointer(from: first) { step throws(Found) in
                if case .pointer(_, level: 0, let index) = step { throw Found(index: index) }
                return .into
            }
        } catch {
            guard error.index >> shift == slot.index else { return }
            try setBlock(error.index, try block(error.index))
        }
    }

    /// The bytes of the spill block as it is going to be; nil where there is none.
    package func spill() throws(RepairError) -> (bytes: [UInt8], order: ByteOrder)? {
        guard let base else { return nil }
        let stored = try RepairError.object { () throws(ObjectError) in try base.spill() }
        switch spillEdit {
        case nil: return stored.map { ($0.bytes, $0.order) }
        case .hole: return nil
        case .bytes(let bytes):
            guard let stored else { return nil }
            return (bytes, stored.order)
        }
    }

    /// Gives the spill block other contents, of the size that it has.
    package mutating func setSpill(_ bytes: [UInt8]) { spillEdit = .bytes(bytes) }

    /// Frees the spill block.
    package mutating func removeSpill() { spillEdit = .hole }

    /// The object whose tree is changed; nil where the tree begins anew.
    var former: DMUObject? { isCleared ? nil : base }
}
