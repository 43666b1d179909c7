import Blocks
import Bytes
import Codecs
import Objects
import Vdevs
import Verify

/// One object: its data blocks, the blocks of pointers above them, its dnode.
extension TreeWriter {
    /// The dnode of an object after its blocks were written; zeros for one that is freed.
    mutating func dnode(
        of object: ObjectDraft, in draft: ObjectSetDraft
    ) throws(RepairError) -> [UInt8] {
        guard object.isFreed else { return try write(object, in: draft) }
        guard let base = object.base else { return [UInt8](repeating: 0, count: Dnode.slotSize) }
        var lost: ObjectError?
        base.forEachBlockPointer { step in
            switch step {
            case .pointer(let pointer, _, _): free(pointer)
            case .damaged(let error, _, _): lost = lost ?? error
            }
        }
        if let lost, !object.ignoresDamage { throw .object(lost) }
        if let spill = base.dnode.spillPointer { free(spill) }
        return [UInt8](repeating: 0, count: base.dnode.byteCount)
    }

    /// Writes an object's changed blocks and those above them, and returns its dnode.
    mutating func write(
        _ object: ObjectDraft, in draft: ObjectSetDraft
    ) throws(RepairError) -> [UInt8] {
        var growth = try Growth(object, draft)
        let spill = try writeSpill(&growth)
        freeTree(of: object)
        for (index, edit) in object.blocks.sorted(by: { $0.key < $1.key })
        where !growth.isCut(index) {
            var fill: UInt64 = 1
            if object.number == 0, case .bytes(let bytes) = edit { fill = DnodeSlots.count(bytes) }
            try replace(level: 0, index, by: edit, fill: fill, &growth)
        }
        var result = object
        let isSpill = { (slot: TreeSlot) in slot.index == BlockPlace.spillIndex }
        for (slot, pointer) in object.grafts where slot.level == 0 && !isSpill(slot) {
            growth.current[slot.index] = pointer
        }
        for level in 1..<max(1, growth.levels) {
            try writeIndirect(level, &growth)
            for (slot, pointer) in object.grafts where slot.level == level {
                growth.current[slot.index] = pointer
            }
            for slot in object.cuts where slot.level == level {
                try replace(level: level, slot.index, by: .hole, fill: 0, &growth)
            }
        }
        let grafted = object.grafts.first { isSpill($0.key) }?.value
        if let spill = spill ?? grafted { try put(spill, into: &result) }
        guard !growth.current.isEmpty || spill != nil || object.recountsSpace else {
            return result.dnode
        }
        let (dnode, order) = (growth.dnode, object.order)
        for slot in 0..<UInt64(dnode.pointerCount) {
            // A tree that grew has its former pointers below its new first one.
            let pointer =
                growth.levels > growth.oldLevels && object.base != nil
                ? growth.current[slot] ?? .hole : growth.current[slot]
            guard let pointer else { continue }
            let start = Dnode.Layout.tailOffset + Int(slot) * BlockPointer.byteCount
            result.replaceDnodeBytes(
                start..<start + BlockPointer.byteCount, with: pointer.encoded(order))
        }
        try result.set(Dnode.Layout.levels, growth.levels)
        let isInBytes = dnode.flags.contains(.usedBytes)
        let old = Int64(clamping: object.recountsSpace ? charged(object) : dnode.usedBytes)
        let used = UInt64(clamping: old.addingReportingOverflow(growth.used).partialValue)
        try result.set(Dnode.Layout.used, isInBytes ? used : used >> 9)
        return result.dnode
    }

    /// Writes the blocks of a level that lead to blocks which were written.
    private mutating func writeIndirect(
        _ level: UInt8, _ growth: inout Growth
    ) throws(RepairError) {
        let shift = UInt64(growth.dnode.pointersPerBlockShift)
        let mask = (UInt64(1) << shift) - 1
        var children = Dictionary(grouping: growth.current.sorted { $0.key < $1.key }) {
            $0.key >> shift
        }
        if level >= growth.oldLevels, children[0] == nil { children[0] = [] }
        growth.current = [:]
        for (index, changed) in children.sorted(by: { $0.key < $1.key }) {
            let old = try growth.old(level: level, index)
            let order = old.isHole ? growth.draft.order : old.order
            var pointers = try self.pointers(level: level, index, old, growth)
            for (child, pointer) in changed { pointers[Int(child & mask)] = pointer }
            let isEmpty = pointers.allSatisfy { $0.isHole }
            let fill = pointers.reduce(UInt64(0)) { $0 &+ $1.fill }
            let edit = isEmpty ? BlockEdit.hole : .bytes(pointers.flatMap { $0.encoded(order) })
            try replace(level: level, index, by: edit, fill: fill, &growth)
        }
    }

    /// The pointers that an indirect block held.
    private func pointers(
        level: UInt8, _ index: UInt64, _ old: BlockPointer, _ growth: Growth
    ) throws(RepairError) -> [BlockPointer] {
        let count = 1 << growth.dnode.pointersPerBlockShift
        var pointers = [BlockPointer](repeating: .hole, count: count)
        if !old.isHole, let base = growth.object.former {
            let block = try RepairError.object { () throws(ObjectError) in
                try base.tree.block(level: level, index: index)
            }
            let bytes = block?.bytes ?? []
            for slot in 0..<min(count, bytes.count / BlockPointer.byteCount) {
                pointers[slot] = try RepairError.format(of: base.number) {
                    () throws(FormatError) in
                    try BlockPointer(
                        bytes.rawBytes, at: slot * BlockPointer.byteCount, old.order)
                }
            }
        } else if level == growth.oldLevels, index == 0, let base = growth.object.former {
            for slot in 0..<min(count, Int(base.dnode.pointerCount)) {
                pointers[slot] = base.dnode.pointer(slot)
            }
        }
        return pointers
    }

    /// Puts a block in the place of another.
    private mutating func replace(
        level: UInt8, _ index: UInt64, by edit: BlockEdit, fill: UInt64, _ growth: inout Growth
    ) throws(RepairError) {
        let isAbandoned = growth.object.abandoned.contains(TreeSlot(level: level, index: index))
        // A pointer that can't be trusted may not even be of its level.
        let old =
            isAbandoned
            ? growth.stored(level: level, index) : try growth.old(level: level, index)
        if isAbandoned {
            if !old.isHole { abandoned.append(old) }
        } else {
            free(old)
        }
        let isModel = !old.isHole && !old.isEmbedded && !isAbandoned
        let type = growth.dnode.type
        let pointer: BlockPointer
        switch edit {
        case .hole:
            let birth = keepsHoleBirths && !old.isHole ? txg : nil
            pointer = .hole(
                type: type, level: level, logicalSize: growth.size(ofLevel: level), birth: birth)
        case .bytes(let bytes):
            let template = BlockTemplate(
                type: type, level: level,
                compression: compression(of: old, level: level, growth.dnode),
                checksum: isModel ? old.checksumAlgorithm : root.checksumAlgorithm,
                order: old.isHole ? growth.draft.order : old.order)
            pointer = try place(
                bytes,
                TreePlacement(
                    set: growth.draft.number, object: growth.object.number, level: Int(level),
                    index: index), insteadOf: isAbandoned ? .hole : old,
                beside: growth.neighbour(level: level), template, fill: fill,
                encryptor: growth.draft.encryptor)
        }
        growth.used &+= Int64(clamping: deflation.charged(pointer))
        if !isAbandoned { growth.used &-= Int64(clamping: deflation.charged(old)) }
        growth.current[index] = pointer
    }
}
