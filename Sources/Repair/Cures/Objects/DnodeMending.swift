import Bytes
import Objects
import Vdevs

/// A dnode that can't be decoded, and what it must have been where its own pointers tell.
///
/// A pointer knows its level, and the size of what it leads to; attributes begin with a magic number, which tells how many
/// pointers stand before them.
struct DnodeMending {
    /// All slots of the mended dnode; nil where it can't be mended.
    let mended: [UInt8]?
    /// How many slots it takes, as others see it.
    let slots: Int

    init(_ number: UInt64, in set: ObjectSet) throws(RepairError) {
        let perBlock = UInt64(set.dnodesPerBlock)
        let (meta, index) = (set.metaObject, number / perBlock)
        let block = try RepairError.object { () throws(ObjectError) in
            try meta.orderedBlock(index)
        }
        guard let block else { throw .changed("there is no dnode \(number)") }
        let start = Int(number % perBlock) * Dnode.slotSize
        guard start + Dnode.slotSize <= block.bytes.count else {
            throw .changed("there is no dnode \(number)")
        }
        slots = DnodeSlots(block.bytes).first { $0.index == Int(number % perBlock) }?.width ?? 1
        let bytes = [UInt8](block.bytes[start..<start + slots * Dnode.slotSize])
        mended = Self.mended(bytes, block.order)
    }

    /// The first single change that gives a sound dnode whose pointers fit it.
    private static func mended(_ bytes: [UInt8], _ order: ByteOrder) -> [UInt8]? {
        guard let pointer = try? BlockPointer(bytes.rawBytes, at: Dnode.Layout.tailOffset, order)
        else { return nil }
        typealias Layout = Dnode.Layout
        var candidates: [[UInt8]] = []
        func candidate(_ field: Field<UInt8>, _ value: UInt8) {
            var copy = bytes
            if (try? field.write(value, into: &copy, order)) != nil { candidates.append(copy) }
        }
        if !pointer.isHole, !pointer.isEmbedded {
            candidate(Layout.levels, pointer.level + 1)
            if pointer.level > 0 {
                candidate(
                    Layout.indirectBlockShift, UInt8(pointer.logicalSize.trailingZeroBitCount))
            } else if let sectors = UInt16(exactly: pointer.logicalSize >> 9) {
                var copy = bytes
                if (try? Layout.dataBlockSectors.write(sectors, into: &copy, order)) != nil {
                    candidates.append(copy)
                }
            }
        }
        for count in UInt8(1)...3 where hasMagic(bytes, behind: count) {
            candidate(Layout.pointerCount, count)
        }
        candidate(Layout.extraSlots, UInt8(truncatingIfNeeded: bytes.count / Dnode.slotSize - 1))
        return candidates.first { fits($0, order) }
    }

    /// Whether attributes begin behind so many pointers (`sa_hdr_phys_t`).
    private static func hasMagic(_ bytes: [UInt8], behind count: UInt8) -> Bool {
        let start = Dnode.Layout.tailOffset + Int(count) * BlockPointer.byteCount
        guard start + 8 <= bytes.count else { return false }
        let head = [UInt8](bytes[start..<start + 8])
        return (try? AttributeHeader(head.rawBytes)) != nil
    }

    private static func fits(_ bytes: [UInt8], _ order: ByteOrder) -> Bool {
        guard let dnode = try? Dnode(block: bytes, at: 0, order), dnode.problems.isEmpty,
            dnode.byteCount == bytes.count
        else { return false }
        return (0..<Int(dnode.pointerCount)).allSatisfy { slot in
            let pointer = dnode.pointer(slot)
            guard !pointer.isHole, !pointer.isEmbedded else { return true }
            let size = dnode.levels == 1 ? dnode.dataBlockSize : dnode.indirectBlockSize
            return pointer.level == dnode.levels - 1 && pointer.type == dnode.type
                && pointer.logicalSize == size
        }
    }
}
