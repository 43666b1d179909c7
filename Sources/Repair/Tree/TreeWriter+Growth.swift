import Bytes
import Objects
import Vdevs

extension TreeWriter {
    /// One object while its blocks are written level by level.
    struct Growth {
        let object: ObjectDraft
        let draft: ObjectSetDraft
        let dnode: Dnode
        /// Levels that the object had.
        let oldLevels: UInt8
        var levels: UInt8
        /// The change of what the object takes on disk, in bytes.
        var used: Int64 = 0
        /// The new pointers of the level written last, by index.
        var current: [UInt64: BlockPointer] = [:]

        init(_ object: ObjectDraft, _ draft: ObjectSetDraft) throws(RepairError) {
            self.object = object
            self.draft = draft
            dnode = try object.decoded()
            oldLevels = object.former?.dnode.levels ?? 1
            levels = max(dnode.levels, oldLevels)
            let shift = UInt64(dnode.pointersPerBlockShift)
            while levels < Dnode.maximumLevels,
                dnode.maximumBlockID >> (shift * UInt64(levels - 1)) >= UInt64(dnode.pointerCount)
            {
                levels += 1
            }
        }

        /// The pointer as it was; a hole where there was none.
        func old(level: UInt8, _ index: UInt64) throws(RepairError) -> BlockPointer {
            guard let base = object.former, level < oldLevels else { return .hole }
            let shift = UInt64(base.dnode.pointersPerBlockShift) * UInt64(oldLevels - 1 - level)
            guard index >> shift < UInt64(base.dnode.pointerCount) else { return .hole }
            return try RepairError.object { () throws(ObjectError) in
                try base.tree.pointer(level: level, index: index)
            }
        }

        /// The same, whatever the pointer says of itself; a hole where nothing can be told.
        func stored(level: UInt8, _ index: UInt64) -> BlockPointer {
            guard let base = object.former, level < oldLevels else { return .hole }
            guard level + 1 < oldLevels else {
                return base.dnode.pointer(Int(truncatingIfNeeded: index))
            }
            let shift = UInt64(base.dnode.pointersPerBlockShift)
            let slot = Int(truncatingIfNeeded: index & ((1 << shift) - 1))
            guard let block = try? base.tree.block(level: level + 1, index: index >> shift)
            else { return .hole }
            let place = slot * BlockPointer.byteCount
            return (try? BlockPointer(block.bytes.rawBytes, at: place, block.order)) ?? .hole
        }

        /// A block that has as many copies as one of that level gets where there was none: as ZFS keeps one more of
        /// metadata than of data.
        func neighbour(level: UInt8) -> BlockPointer {
            let header = draft.set.pointer
            guard level == 0, !dnode.type.isMetadata, draft.number != 0 else { return header }
            var single = header
            for word in 2..<6 { single.words[word] = 0 }
            return single
        }

        /// Whether a data block lies below a branch that is cut.
        func isCut(_ index: UInt64) -> Bool {
            object.cuts.contains { slot in
                let shift = UInt64(dnode.pointersPerBlockShift) * UInt64(slot.level)
                return shift < 64 && index >> shift == slot.index
            }
        }

        /// How many bytes a block of that level has.
        func size(ofLevel level: UInt8) -> Int {
            level == 0 ? dnode.dataBlockSize : dnode.indirectBlockSize
        }
    }
}
