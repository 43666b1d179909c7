import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// Writes drafts of object sets copy-on-write, from the leaves up: data blocks, indirect blocks, dnodes, the header.
///
/// Each block gets a place when it is written for the first time. What a block holds may depend on where others come to
/// lie, since the space maps are blocks too; so a caller writes the same drafts again until nothing moves. A place only
/// ever grows: contents that pack into less are filled up with zeros, so that this ends.
struct TreeWriter {
    /// A block that is to be written.
    struct Block {
        let pointer: BlockPointer
        let stored: [UInt8]
    }

    /// Where a block lies, and how much it may take.
    private struct Place {
        var addresses: [DVA]
        var byteCount: Int
    }

    /// What blocks of metadata have in common where there is no older one to ask: what the MOS's root has.
    let root: BlockPointer
    private let txg: TransactionGroup
    private let salt: ChecksumSalt?
    private let keepsHoleBirths: Bool
    let deflation: Deflation
    private(set) var space: FreeSpace
    private var places: [TreePlacement: Place] = [:]
    /// What the last pass wrote, and what it no longer needs; pointers that hold their blocks themselves among the latter,
    /// since books count what is in them.
    private(set) var written: [Block] = []
    private(set) var freed: [BlockPointer] = []
    /// What the books no longer have and nobody frees, since the pointers can't be trusted.
    private(set) var abandoned: [BlockPointer] = []
    /// The dnodes that the last pass wrote, by object set and object.
    private(set) var dnodes: [UInt64: [UInt64: [UInt8]]] = [:]

    init(
        _ pool: Pool, txg: TransactionGroup, deflation: Deflation, space: FreeSpace
    ) {
        root = pool.uberblock.rootPointer
        self.txg = txg
        salt = pool.reader.salt
        keepsHoleBirths = pool.features.isActive("hole_birth")
        self.deflation = deflation
        self.space = space
    }

    /// Forgets what the last pass wrote, but not where.
    mutating func beginPass() {
        written = []
        freed = []
        abandoned = []
        dnodes = [:]
    }

    /// Writes an object set and returns the pointer to it.
    mutating func write(_ draft: ObjectSetDraft) throws(RepairError) -> BlockPointer {
        let header = draft.set.header
        var meta = draft.dnodes ?? ObjectDraft(draft.set.metaObject)
        let perBlock = UInt64(draft.set.dnodesPerBlock)
        var dnodes: [UInt64: [(slot: Int, bytes: [UInt8])]] = [:]
        var bytes = header.bytes
        for (number, object) in draft.objects.sorted(by: { $0.key < $1.key }) {
            if let range = ObjectSetHeader.Layout.range(ofAccount: number) {
                guard range.upperBound <= bytes.count else {
                    throw .changed("the object set has no dnodes for accounts")
                }
                bytes.replaceSubrange(range, with: try dnode(of: object, in: draft))
                continue
            }
            let bytes = try dnode(of: object, in: draft)
            self.dnodes[draft.number, default: [:]][number] = bytes
            dnodes[number / perBlock, default: []].append((Int(number % perBlock), bytes))
        }
        for (number, count) in draft.erased {
            let zeros = [UInt8](repeating: 0, count: count * Dnode.slotSize)
            dnodes[number / perBlock, default: []].append((Int(number % perBlock), zeros))
        }
        for index in draft.lostDnodeBlocks where dnodes[index] == nil { meta.punch(index) }
        for (index, changes) in dnodes.sorted(by: { $0.key < $1.key }) {
            var block =
                draft.lostDnodeBlocks.contains(index)
                ? [UInt8](repeating: 0, count: try meta.blockSize) : try meta.block(index)
            for (slot, bytes) in changes {
                let start = slot * Dnode.slotSize
                guard start + bytes.count <= block.count else {
                    throw .changed("a dnode reaches past the end of its block")
                }
                block.replaceSubrange(start..<start + bytes.count, with: bytes)
            }
            try meta.setBlock(index, block)
        }
        if let log = draft.intentLog {
            bytes.replaceSubrange(ObjectSetHeader.Layout.intentLog.range, with: log)
        }
        bytes.replaceSubrange(
            ObjectSetHeader.Layout.metaDnode.range, with: try write(meta, in: draft))
        let fill = try pointers(of: meta, bytes).reduce(UInt64(0)) { $0 &+ $1.fill }
        return try place(
            bytes, TreePlacement(set: draft.number, object: 0, level: -1, index: 0),
            insteadOf: draft.set.pointer, beside: root,
            BlockTemplate(
                type: .objectSet, level: 0, compression: root.compression,
                checksum: draft.set.pointer.checksumAlgorithm, order: draft.order), fill: fill)
    }

    private func pointers(
        of meta: ObjectDraft, _ header: [UInt8]
    ) throws(RepairError) -> [BlockPointer] {
        let dnode = try RepairError.format(of: 0) { () throws(FormatError) in
            try Dnode(block: header, at: 0, meta.order)
        }
        return (0..<Int(dnode.pointerCount)).map(dnode.pointer)
    }

    /// The dnode of an object after its blocks were written; zeros for one that is freed.
    private mutating func dnode(
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

    mutating func free(_ pointer: BlockPointer) {
        if !pointer.isHole { freed.append(pointer) }
    }
}

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

    /// Writes an object's changed blocks and those above them, and returns its dnode.
    private mutating func write(
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
        for level in 1..<max(1, growth.levels) {
            try writeIndirect(level, &growth)
            for slot in object.cuts where slot.level == level {
                try replace(level: level, slot.index, by: .hole, fill: 0, &growth)
            }
        }
        if let spill { try put(spill, into: &result) }
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
                beside: growth.neighbour(level: level), template, fill: fill)
        }
        growth.used &+= Int64(clamping: deflation.charged(pointer))
        if !isAbandoned { growth.used &-= Int64(clamping: deflation.charged(old)) }
        growth.current[index] = pointer
    }

    /// Metadata is packed as the MOS's root is; data as the block before it was.
    func compression(
        of old: BlockPointer, level: UInt8, _ dnode: Dnode
    ) -> CompressionAlgorithm {
        let isMetadata = level > 0 || dnode.type.isMetadata
        return isMetadata || old.isHole ? root.compression : old.compression
    }

    /// Packs a block and gives it its place.
    mutating func place(
        _ bytes: [UInt8], _ key: TreePlacement, insteadOf old: BlockPointer,
        beside neighbour: BlockPointer, _ template: BlockTemplate, fill: UInt64
    ) throws(RepairError) -> BlockPointer {
        let isOld = !old.isHole && !old.isEmbedded
        if key.level == -1 { free(old) }
        let copies = (0..<3).count(where: (isOld ? old : neighbour).hasCopy)
        let (room, unit, txg, salt) = (places[key]?.byteCount ?? 0, space.unit, txg, salt)
        let packed = try RepairError.codec { () throws(CodecError) in
            try BlockBuilder.pack(bytes, template.compression, unit: unit, room: room)
        }
        let place = try settle(packed.stored.count, key, copies: copies, like: old)
        let pointer = try RepairError.codec { () throws(CodecError) in
            try BlockBuilder.pointer(
                to: packed, template, at: place.addresses, birth: txg, fill: fill, salt: salt)
        }
        written.append(Block(pointer: pointer, stored: packed.stored))
        return pointer
    }

    /// The place of a block, a new one where the one it had is too small.
    private mutating func settle(
        _ byteCount: Int, _ key: TreePlacement, copies: Int, like old: BlockPointer
    ) throws(RepairError) -> Place {
        if let place = places[key] {
            if place.byteCount == byteCount { return place }
            for address in place.addresses { space.release(address) }
        }
        let place = Place(
            addresses: try space.allocate(byteCount, copies: copies, like: old),
            byteCount: byteCount)
        places[key] = place
        return place
    }
}
