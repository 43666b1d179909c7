import Bytes

/// One block of the meta dnode, cut into dnodes of one or more slots.
struct DnodeBlock {
    let block: TreeBlock
    /// The object number of slot 0.
    let firstObject: UInt64

    var slotCount: Int { block.bytes.count / Dnode.slotSize }

    /// How many slots the dnode at `slot` takes; 1 for a free slot and for what reaches past the block.
    func width(ofSlot slot: Int) -> Int {
        let start = slot * Dnode.slotSize
        guard block.bytes[start + Dnode.Layout.type.offset] != 0 else { return 1 }
        let width = Int(block.bytes[start + Dnode.Layout.extraSlots.offset]) + 1
        return width <= slotCount - slot ? width : 1
    }

    /// The object of the large dnode that covers `slot` from before it, if there is one.
    func owner(ofSlot slot: Int) -> UInt64? {
        var place = 0
        while place < min(slot, slotCount) {
            let width = width(ofSlot: place)
            if place + width > slot { return firstObject + UInt64(place) }
            place += width
        }
        return nil
    }
}
