package import Bytes
import Datasets
package import Objects
package import Vdevs

/// An object set that is being changed: the objects of it that are.
package struct ObjectSetDraft: Sendable {
    /// As it is on disk.
    package let set: ObjectSet
    /// The dataset's object in the MOS; 0 for the MOS itself.
    let number: UInt64
    /// Encrypts what is written to an encrypted dataset; nil for every other.
    let encryptor: DatasetEncryptor?
    package private(set) var objects: [UInt64: ObjectDraft] = [:]
    /// Slots that are made free although no dnode can be decoded there, with how many there are.
    package private(set) var erased: [UInt64: Int] = [:]
    /// Blocks of dnodes that can't be read and become holes.
    package private(set) var lostDnodeBlocks: Set<UInt64> = []
    /// The object whose data are all dnodes, where it is changed itself.
    package private(set) var dnodes: ObjectDraft?
    /// What is to stand in the place of the intent log's header; nil where that stays.
    package var intentLog: [UInt8]?

    /// The MOS, or any object set that is not encrypted.
    package init(_ set: ObjectSet, dataset number: UInt64 = 0) {
        self.init(set, dataset: number, encryptor: nil)
    }

    init(_ set: ObjectSet, dataset number: UInt64, encryptor: DatasetEncryptor?) {
        self.set = set
        self.number = number
        self.encryptor = encryptor
    }

    /// The order in which new things are written.
    package var order: ByteOrder { self.set.pointer.order }

    /// The object as it is going to be; throws where it is not allocated.
    package func object(_ number: UInt64) throws(RepairError) -> ObjectDraft {
        if let draft = objects[number] {
            guard !draft.isFreed else {
                throw .object(ObjectError(object: number, .notAllocated))
            }
            return draft
        }
        return ObjectDraft(
            try RepairError.object { () throws(ObjectError) in try set.object(number) })
    }

    /// Changes an object.
    package mutating func edit(
        _ number: UInt64, _ change: (inout ObjectDraft) throws(RepairError) -> Void
    ) throws(RepairError) {
        var draft = try object(number)
        try change(&draft)
        objects[number] = draft
    }

    /// Changes the object whose data are all dnodes: its own fields, and branches that can't be read.
    package mutating func editDnodes(
        _ change: (inout ObjectDraft) throws(RepairError) -> Void
    ) throws(RepairError) {
        var draft = dnodes ?? ObjectDraft(set.metaObject)
        try change(&draft)
        dnodes = draft
    }

    /// Gives an object back with all its blocks; with those that can be read where `ignoringDamage` says so.
    package mutating func free(
        _ number: UInt64, ignoringDamage: Bool = false
    ) throws(RepairError) {
        var draft = try object(number)
        draft.isFreed = true
        draft.ignoresDamage = ignoringDamage
        objects[number] = draft
    }

    /// Gives a slot the dnode that belongs there, where the one that stands there can't be decoded.
    package mutating func replaceDnode(
        _ number: UInt64, by bytes: [UInt8]
    ) throws(RepairError) {
        let order = order
        let dnode = try RepairError.format(of: number) { () throws(FormatError) in
            try Dnode(block: bytes, at: 0, order)
        }
        objects[number] = ObjectDraft(
            DMUObject(number: number, dnode: dnode, source: set.source))
    }

    /// Writes the first block of dnodes at or below a place of the meta dnode again, so that the pointers to it count anew.
    package mutating func touchDnodes(below slot: TreeSlot) throws(RepairError) {
        let meta = set.metaObject
        let shift = UInt64(meta.dnode.pointersPerBlockShift) * UInt64(slot.level)
        guard shift < 64, slot.index <= .max >> shift else { return }
        let perBlock = UInt64(set.dnodesPerBlock)
        struct Found: Error { let index: UInt64 }
        do throws(Found) {
            try meta.tree.forEachPointer(from: slot.index << shift) {
                step throws(Found) -> IndirectTree.Descent in
                if case .pointer(_, level: 0, let index) = step { throw Found(index: index) }
                return .into
            }
        } catch {
            guard error.index >> shift == slot.index else { return }
            for number in error.index * perBlock..<(error.index + 1) * perBlock
            where number > 0 && (try? set.dnode(number)) != nil {
                return try edit(number) { _ throws(RepairError) in }
            }
        }
    }

    /// Makes slots free in which no dnode can be decoded.
    package mutating func erase(_ number: UInt64, slots: Int) {
        precondition(number > 0 && slots > 0, "no slots")
        objects[number] = nil
        erased[number] = slots
    }

    /// Makes a hole of a block of dnodes that can't be read; all objects in it are gone.
    package mutating func loseDnodes(inBlock index: UInt64) {
        let perBlock = UInt64(set.dnodesPerBlock)
        for number in objects.keys where number / perBlock == index { objects[number] = nil }
        lostDnodeBlocks.insert(index)
    }

    /// A new object of one slot in the first free one; returns its number.
    package mutating func add(
        type: ObjectType, blockSize: Int, indirectBlockShift: UInt8, bonusType: ObjectType,
        bonus: [UInt8]
    ) throws(RepairError) -> UInt64 {
        let number = try freeSlot()
        let order = order
        objects[number] = try RepairError.format(of: number) { () throws(FormatError) in
            try ObjectDraft(
                new: number, type: type, blockSize: blockSize,
                indirectBlockShift: indirectBlockShift, bonusType: bonusType, bonus: bonus,
                order: order)
        }
        return number
    }

    /// The first slot that no object takes, or the first behind the last block of dnodes.
    private func freeSlot() throws(RepairError) -> UInt64 {
        let meta = set.metaObject
        let perBlock = UInt64(set.dnodesPerBlock)
        for index in 0...min(meta.dnode.maximumBlockID, Self.mostSearched) {
            // What can't be read has no room.
            guard !lostDnodeBlocks.contains(index), let block = try? meta.block(index) else {
                continue
            }
            for slot in DnodeSlots(block) where slot.type == 0 {
                let number = index * perBlock + UInt64(slot.index)
                // Objects 0 and 1 of every object set have their places.
                if number > 1, objects[number] == nil, erased[number] == nil {
                    return number
                }
            }
        }
        var number = (meta.dnode.maximumBlockID + 1) * perBlock
        while objects[number] != nil { number += 1 }
        return number
    }

    /// Blocks of dnodes looked at for a free slot.
    private static let mostSearched: UInt64 = 1 << 16
}
