package import Bytes
package import Objects
package import Vdevs

/// An object set that is being changed: the objects of it that are.
package struct ObjectSetDraft: Sendable {
    /// As it is on disk.
    package let set: ObjectSet
    /// The dataset's object in the MOS; 0 for the MOS itself.
    let number: UInt64
    package private(set) var objects: [UInt64: ObjectDraft] = [:]

    package init(_ set: ObjectSet, dataset number: UInt64 = 0) {
        self.set = set
        self.number = number
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

    /// Gives an object back with all its blocks.
    package mutating func free(_ number: UInt64) throws(RepairError) {
        var draft = try object(number)
        draft.isFreed = true
        objects[number] = draft
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
            let block = try RepairError.object { () throws(ObjectError) in try meta.block(index) }
            for slot in DnodeSlots(block) where slot.type == 0 {
                let number = index * perBlock + UInt64(slot.index)
                // Objects 0 and 1 of every object set have their places.
                if number > 1, objects[number] == nil { return number }
            }
        }
        var number = (meta.dnode.maximumBlockID + 1) * perBlock
        while objects[number] != nil { number += 1 }
        return number
    }

    /// Blocks of dnodes looked at for a free slot.
    private static let mostSearched: UInt64 = 1 << 16
}
