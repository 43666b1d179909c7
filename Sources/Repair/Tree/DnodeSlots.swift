import Bytes
import Objects

/// The dnodes of one block of the meta dnode, free slots among them, as a sequence.
struct DnodeSlots: Sequence, IteratorProtocol {
    /// A dnode, or a free slot.
    struct Slot {
        let index: Int
        /// `dn_type`; 0 for a free slot.
        let type: UInt8
        /// How many slots it takes.
        let width: Int
    }

    private let block: [UInt8]
    private var place = 0

    init(_ block: [UInt8]) { self.block = block }

    mutating func next() -> Slot? {
        let start = place * Dnode.slotSize
        guard start + Dnode.slotSize <= block.count else { return nil }
        let type = block[start + Dnode.Layout.type.offset]
        let extra = type == 0 ? 0 : Int(block[start + Dnode.Layout.extraSlots.offset])
        let left = block.count / Dnode.slotSize - place
        let slot = Slot(index: place, type: type, width: extra < left ? extra + 1 : 1)
        place += slot.width
        return slot
    }

    /// How many dnodes a block holds: its fill.
    static func count(_ block: [UInt8]) -> UInt64 {
        DnodeSlots(block).reduce(0) { $1.type == 0 ? $0 : $0 + 1 }
    }
}
