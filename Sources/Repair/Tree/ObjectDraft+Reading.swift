import Blocks
import Bytes
package import Objects
import Vdevs

extension ObjectDraft {
    /// The object with its dnode and bonus as they are going to be, and the blocks that are on disk.
    package func head() throws(RepairError) -> DMUObject {
        DMUObject(number: number, dnode: try decoded(), source: DraftBlocks(draft: self))
    }

    /// The same with a dnode that was written for it, to be asked for what stands in the bonus.
    ///
    /// A spill block that was written has its place in that dnode and not its contents on disk, so the former one is read.
    func head(withDnode written: [UInt8]?) throws(RepairError) -> DMUObject {
        let source = DraftBlocks(draft: self)
        var bytes = written ?? dnode
        if spillEdit == .hole {
            bytes[Dnode.Layout.flags.offset] &= ~Dnode.Flags.spillPointer.rawValue
        } else if let spill = base?.dnode.spillPointer, bytes.count >= BlockPointer.byteCount {
            bytes.replaceSubrange(
                bytes.count - BlockPointer.byteCount..<bytes.count, with: spill.encoded(order))
        }
        let (final, order) = (bytes, order)
        let dnode = try RepairError.format(of: number) { () throws(FormatError) in
            try Dnode(block: final, at: 0, order)
        }
        return DMUObject(number: number, dnode: dnode, source: source)
    }

    /// The object with the blocks that it is going to have; it has no bonus.
    package func contents() throws(RepairError) -> DMUObject {
        let dnode = try decoded()
        let source = DraftBlocks(draft: self)
        var levels: UInt8 = 1
        while levels < 6,
            dnode.maximumBlockID >> (DraftBlocks.pointerShift * UInt64(levels - 1)) > 0
        {
            levels += 1
        }
        guard dnode.maximumBlockID >> (DraftBlocks.pointerShift * UInt64(levels - 1)) == 0 else {
            throw .unsupported("object \(number) is too large to be changed as a whole")
        }
        let top = try source.pointer(level: levels - 1, 0)
        let (order, last, type, sectors) = (
            order, dnode.maximumBlockID, dnode.type.rawValue, dnode.dataBlockSectors
        )
        let made = try RepairError.format(of: number) { () throws(FormatError) in
            typealias Layout = Dnode.Layout
            var bytes = [UInt8](repeating: 0, count: Dnode.slotSize)
            try Layout.type.write(type, into: &bytes, order)
            try Layout.indirectBlockShift.write(
                UInt8(DraftBlocks.pointerShift) + 7, into: &bytes, order)
            try Layout.levels.write(levels, into: &bytes, order)
            try Layout.pointerCount.write(1, into: &bytes, order)
            try Layout.dataBlockSectors.write(sectors, into: &bytes, order)
            try Layout.maximumBlockID.write(last, into: &bytes, order)
            let start = Layout.tailOffset
            bytes.replaceSubrange(
                start..<start + BlockPointer.byteCount, with: top.encoded(order))
            return try Dnode(block: bytes, at: 0, order)
        }
        return DMUObject(number: number, dnode: made, source: source)
    }

    /// Whether nothing is going to be stored for a data block.
    func isHole(_ index: UInt64) throws(RepairError) -> Bool {
        switch blocks[index] {
        case .bytes: return false
        case .hole: return true
        case nil:
            guard let base, !isCleared, index <= base.dnode.maximumBlockID else { return true }
            return try RepairError.object { () throws(ObjectError) in try base.isHole(index) }
        }
    }
}
