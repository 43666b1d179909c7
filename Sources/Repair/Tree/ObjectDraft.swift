package import Bytes
package import Objects
import Vdevs

/// An object that is being changed: its dnode, and the data blocks that are to be written.
///
/// Nothing is placed on disk here; `TreeWriter` does that, and sets the pointers, the levels and `dn_used`.
package struct ObjectDraft: Sendable {
    package let number: UInt64
    /// The object as it is on disk; nil for a new one.
    package let base: DMUObject?
    /// The order of the dnode, its bonus and of blocks that are written for the first time.
    package let order: ByteOrder
    /// The dnode, all its slots.
    private(set) var dnode: [UInt8]
    /// By their indices.
    private(set) var blocks: [UInt64: BlockEdit] = [:]
    /// The object is given back with all its blocks.
    package internal(set) var isFreed = false
    /// What of it can't be read is left behind when it is given back.
    var ignoresDamage = false
    /// Branches that become holes as a whole.
    var cuts: Set<TreeSlot> = []
    /// Places whose present blocks are let go of and not freed.
    var abandoned: Set<TreeSlot> = []
    /// Space is counted anew, whatever `dn_used` says.
    var recountsSpace = false
    var spillEdit: BlockEdit?
    /// Pointers that take the place of others as they are.
    var grafts: [TreeSlot: BlockPointer] = [:]
    /// The tree begins anew: all old blocks that can be reached are freed, and none is there any more.
    private(set) var isCleared = false

    init(_ base: DMUObject) {
        number = base.number
        self.base = base
        order = base.order
        dnode = base.dnode.bytes
    }

    /// A new object of one slot, without any block.
    init(
        new number: UInt64, type: ObjectType, blockSize: Int, indirectBlockShift: UInt8,
        bonusType: ObjectType, bonus: [UInt8], order: ByteOrder
    ) throws(FormatError) {
        precondition(bonus.count <= Self.bonusRoom && blockSize % 512 == 0, "no such object")
        self.number = number
        base = nil
        self.order = order
        dnode = [UInt8](repeating: 0, count: Dnode.slotSize)
        typealias Layout = Dnode.Layout
        try Layout.type.write(type.rawValue, into: &dnode, order)
        try Layout.indirectBlockShift.write(indirectBlockShift, into: &dnode, order)
        try Layout.levels.write(1, into: &dnode, order)
        // A bonus of attributes may grow (`dnode_allocate`, `module/zfs/dnode.c`).
        let pointers =
            bonusType == .systemAttributes
            ? 1 : min(3, 1 + (Self.bonusRoom - bonus.count) / BlockPointer.byteCount)
        try Layout.pointerCount.write(UInt8(pointers), into: &dnode, order)
        try Layout.bonusType.write(bonusType.rawValue, into: &dnode, order)
        try Layout.flags.write(Dnode.Flags.usedBytes.rawValue, into: &dnode, order)
        try Layout.dataBlockSectors.write(UInt16(blockSize >> 9), into: &dnode, order)
        try Layout.bonusLength.write(UInt16(bonus.count), into: &dnode, order)
        let start = Layout.tailOffset + pointers * BlockPointer.byteCount
        dnode.replaceSubrange(start..<start + bonus.count, with: bonus)
    }

    /// The bytes behind the first pointer of a dnode of one slot (`DN_OLD_MAX_BONUSLEN`).
    private static let bonusRoom = 320

    /// The fields as they are going to be stored.
    package func decoded() throws(RepairError) -> Dnode {
        let (bytes, order) = (dnode, order)
        return try RepairError.format(of: number) { () throws(FormatError) in
            try Dnode(block: bytes, at: 0, order)
        }
    }

    /// Changes a field of the dnode.
    package mutating func set<Value>(
        _ field: Field<Value>, _ value: Value
    ) throws(RepairError) {
        do {
            try field.write(value, into: &dnode, order)
        } catch {
            throw .format(object: number, error)
        }
    }

    mutating func replaceDnodeBytes(_ range: Range<Int>, with bytes: [UInt8]) {
        precondition(range.count == bytes.count, "a dnode keeps its size")
        dnode.replaceSubrange(range, with: bytes)
    }
}

extension ObjectDraft {
    package var blockSize: Int {
        get throws(RepairError) { try decoded().dataBlockSize }
    }

    package var bonus: [UInt8] {
        get throws(RepairError) { try decoded().bonus }
    }

    /// Changes the bonus, whose length stays.
    package mutating func editBonus(
        _ change: (inout [UInt8]) throws(FormatError) -> Void
    ) throws(RepairError) {
        let range = try decoded().bonusRange
        var bonus = [UInt8](dnode[range])
        do {
            try change(&bonus)
        } catch {
            throw .format(object: number, error)
        }
        replaceDnodeBytes(range, with: bonus)
    }

    /// The data block of that index as it is going to be; zeros for a hole and past the end.
    package func block(_ index: UInt64) throws(RepairError) -> [UInt8] {
        switch blocks[index] {
        case .bytes(let bytes): return bytes
        case .hole: return [UInt8](repeating: 0, count: try blockSize)
        case nil:
            guard let base, !isCleared, index <= base.dnode.maximumBlockID else {
                return [UInt8](repeating: 0, count: try blockSize)
            }
            return try RepairError.object { () throws(ObjectError) in try base.block(index) }
        }
    }

    /// The order of the integers in a data block.
    package func order(ofBlock index: UInt64) throws(RepairError) -> ByteOrder {
        guard let base, !isCleared, index <= base.dnode.maximumBlockID else { return order }
        let pointer = try RepairError.object { () throws(ObjectError) in
            try base.tree.pointer(level: 0, index: index)
        }
        return pointer.isHole ? order : pointer.order
    }

    /// Writes a data block, past the end of the object too; `bytes` has the object's block size.
    package mutating func setBlock(_ index: UInt64, _ bytes: [UInt8]) throws(RepairError) {
        let dnode = try decoded()
        precondition(bytes.count == dnode.dataBlockSize, "a block of another size")
        blocks[index] = .bytes(bytes)
        if index > dnode.maximumBlockID { try set(Dnode.Layout.maximumBlockID, index) }
    }

    /// Changes some bytes of a data block.
    package mutating func editBlock(
        _ index: UInt64, _ change: (inout [UInt8], ByteOrder) throws(FormatError) -> Void
    ) throws(RepairError) {
        var bytes = try block(index)
        let order = try order(ofBlock: index)
        do {
            try change(&bytes, order)
        } catch {
            throw .format(object: number, error)
        }
        try setBlock(index, bytes)
    }

    /// Frees a data block.
    package mutating func punch(_ index: UInt64) { blocks[index] = .hole }

    /// Takes all blocks from the object, whether they can be read or not.
    package mutating func clearBlocks() throws(RepairError) {
        let pointers = Int(try decoded().pointerCount)
        blocks = [:]
        cuts = []
        isCleared = true
        recountsSpace = true
        let start = Dnode.Layout.tailOffset
        let size = pointers * BlockPointer.byteCount
        replaceDnodeBytes(start..<start + size, with: [UInt8](repeating: 0, count: size))
        try set(Dnode.Layout.levels, 1)
        try set(Dnode.Layout.maximumBlockID, 0)
    }

    /// Gives the object these data blocks and no others.
    package mutating func replaceBlocks(_ new: [[UInt8]]) throws(RepairError) {
        let last = try decoded().maximumBlockID
        if let base, !isCleared, last < UInt64(Self.mostBlocks) {
            for index in 0...last where index >= UInt64(new.count) {
                if index <= base.dnode.maximumBlockID { punch(index) } else { blocks[index] = nil }
            }
        } else if base != nil, !isCleared {
            throw .unsupported("object \(number) has \(last) blocks, too many to be written anew")
        }
        try set(Dnode.Layout.maximumBlockID, UInt64(max(1, new.count) - 1))
        for (index, bytes) in new.enumerated() { try setBlock(UInt64(index), bytes) }
    }

    /// More than any object has that is written anew as a whole; a damaged dnode can claim any number.
    private static let mostBlocks = 1 << 24
}
