import Blocks
import Bytes
import Codecs
import Objects
import Vdevs
import Verify

/// Spill blocks, and space that is counted anew.
extension TreeWriter {
    /// Writes the spill block where that is changed; nil where it stays as it is.
    mutating func writeSpill(_ growth: inout Growth) throws(RepairError) -> BlockPointer? {
        guard let edit = growth.object.spillEdit, let old = growth.object.base?.dnode.spillPointer
        else { return nil }
        let slot = TreeSlot(level: 0, index: BlockPlace.spillIndex)
        if !growth.object.abandoned.contains(slot) {
            free(old)
            growth.used &-= Int64(clamping: deflation.charged(old))
        }
        guard case .bytes(let bytes) = edit else { return .hole }
        let type = growth.dnode.bonusType
        let template = BlockTemplate(
            type: type, level: 0, compression: root.compression,
            checksum: old.isHole || old.isEmbedded
                ? root.checksumAlgorithm : old.checksumAlgorithm, order: old.order)
        let pointer = try place(
            bytes,
            TreePlacement(
                set: growth.draft.number, object: growth.object.number, level: -2, index: 0),
            insteadOf: old, beside: growth.draft.set.pointer, template, fill: 1,
            encryptor: growth.draft.encryptor)
        growth.used &+= Int64(clamping: deflation.charged(pointer))
        return pointer
    }

    /// Frees all blocks of a tree that begins anew, as far as they can be reached.
    mutating func freeTree(of object: ObjectDraft) {
        guard object.isCleared, let base = object.base else { return }
        base.forEachBlockPointer { step in
            guard case .pointer(let pointer, let level, let index) = step,
                !object.abandoned.contains(TreeSlot(level: level, index: index))
            else { return }
            free(pointer)
        }
    }

    /// Puts the pointer to a spill block into its dnode, or takes flag and pointer away where it is a hole.
    func put(_ spill: BlockPointer, into object: inout ObjectDraft) throws(RepairError) {
        let dnode = try object.decoded()
        let end = dnode.byteCount
        object.replaceDnodeBytes(
            end - BlockPointer.byteCount..<end, with: spill.encoded(object.order))
        guard spill.isHole else { return }
        let flags = dnode.flags.subtracting(.spillPointer)
        try object.set(Dnode.Layout.flags, flags.rawValue)
    }

    /// What all blocks of an object take that can be reached now, but for branches that are cut.
    func charged(_ object: ObjectDraft) -> UInt64 {
        guard let base = object.base else { return 0 }
        var sum: UInt64 = 0
        let spill = TreeSlot(level: 0, index: BlockPlace.spillIndex)
        if let pointer = base.dnode.spillPointer, !object.abandoned.contains(spill) {
            sum = deflation.charged(pointer)
        }
        guard !object.isCleared else { return sum }
        base.tree.forEachPointer { step in
            guard case .pointer(let pointer, let level, let index) = step else { return .into }
            let slot = TreeSlot(level: level, index: index)
            if !object.abandoned.contains(slot) { sum &+= deflation.charged(pointer) }
            return object.cuts.contains(slot) ? .past : .into
        }
        return sum
    }
}
