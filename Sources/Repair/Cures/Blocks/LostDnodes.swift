import Blocks
import Bytes
import Codecs
import Datasets
import Objects
import Vdevs
import Verify

/// A block of dnodes of a dataset that can't be read: the dnodes that a damaged stream still gives are written again, and the
/// other objects of the block are gone.
struct LostDnodes: Sendable {
    let objectSet: UInt64
    let block: UInt64
    let losses: [RepairLoss]
    let problems: [Problem]
    /// All slots of each dnode that came out whole, by object.
    private let saved: [UInt64: [UInt8]]

    /// Those of `problems` about which something can be done. Blocks of the MOS are never given up.
    static func all(
        _ objectSet: UInt64, _ problems: [Problem], _ set: ObjectSet, _ dataset: Dataset?
    ) -> [LostDnodes] {
        guard objectSet != 0 else { return [] }
        let own = problems.filter { problem in
            let isLost =
                problem.kind == .blockUnreadable || problem.kind == .blockChecksum
                || problem.kind == .decompressFailed
            return isLost && problem.location.level == 0
        }
        return Dictionary(grouping: own) { $0.location.blockID ?? 0 }
            .sorted { $0.key < $1.key }.compactMap { block, problems in
                LostDnodes(objectSet, block, problems, set, dataset)
            }
    }

    private init?(
        _ objectSet: UInt64, _ block: UInt64, _ problems: [Problem], _ set: ObjectSet,
        _ dataset: Dataset?
    ) {
        let perBlock = UInt64(set.dnodesPerBlock)
        guard block < .max / perBlock,
            let pointer = try? set.metaObject.tree.pointer(level: 0, index: block)
        else { return nil }
        let objects = block * perBlock..<(block + 1) * perBlock
        let (saved, end) = Self.salvage(pointer, set, first: objects.lowerBound)
        // The table that a file system begins with is in the first.
        guard block > 0 || saved[1] != nil else { return nil }
        self.objectSet = objectSet
        self.block = block
        self.problems = problems
        self.saved = saved
        losses = [
            RepairLoss(
                dataset: dataset?.name,
                "all objects with numbers from \(end) to \(objects.upperBound - 1)")
        ]
    }

    /// The dnodes at the front of a block that its stream still gives, and the number of the first object that it does not.
    private static func salvage(
        _ pointer: BlockPointer, _ set: ObjectSet, first: UInt64
    ) -> (saved: [UInt64: [UInt8]], end: UInt64) {
        guard !pointer.isEncrypted, let stored = try? set.source.readStored(pointer) else {
            return ([:], first)
        }
        let bytes = pointer.compression.salvage(
            stored.bytes.rawBytes, expectedCount: pointer.logicalSize)
        var saved: [UInt64: [UInt8]] = [:]
        var end = first
        for slot in DnodeSlots(bytes) {
            let start = slot.index * Dnode.slotSize
            let width = slot.type == 0 ? 1 : 1 + Int(bytes[start + Dnode.Layout.extraSlots.offset])
            guard start + width * Dnode.slotSize <= bytes.count else { break }
            if slot.type != 0 {
                saved[first + UInt64(slot.index)] = [UInt8](
                    bytes[start..<start + width * Dnode.slotSize])
            }
            end = first + UInt64(slot.index + width)
        }
        return (saved, end)
    }

    var action: RepairAction {
        let what =
            saved.isEmpty
            ? "Give up the block \(block) of dnodes of object set \(objectSet)"
            : "Write the block \(block) of dnodes of object set \(objectSet) with the \(saved.count) objects that its stream still gives"
        return RepairAction(
            cure: BlockCure.name, repair: .discard, what: what,
            codes: Set(problems.map(\.kind.code)).sorted(), losses: losses)
    }

    func apply(to set: inout ObjectSetDraft) throws(RepairError) {
        set.loseDnodes(inBlock: block)
        for (number, bytes) in saved { try set.replaceDnode(number, by: bytes) }
    }
}
