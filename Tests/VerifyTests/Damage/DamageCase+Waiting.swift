import Bytes
import Datasets
import Objects
import TestSupport
import Testing
import Vdevs
import Verify

extension DamageCase {
    /// Lists of what waits to be freed, which healthy pools do not have or have empty.
    static let waiting = [
        verify("a block in use that is to be freed next", [.waitingBlockInUse]) { pool in
            let list = try #require(try pool.open().directory.object(.deferredFrees))
            let victim = try pool.block(54, 63, 1)
            try pool.replaceObject(list, by: try pool.list(of: victim.pointer))
            return try (0..<victim.pointer.copyLimit).filter { victim.pointer.hasCopy($0) }.map {
                let address = victim.pointer.dva($0)
                return Found(
                    .waitingBlockInUse, try pool.metaslab(of: address.offset),
                    address.offset..<address.offset + address.allocatedSize)
            }
        },
        verify(
            "an obsolete block of a vdev that was not removed", [.pointerListEntry], in: "removal"
        ) { pool in
            let block = try pool.block(0, try pool.open().directory.object(.history) ?? 0)
            let list = try pool.addObject(try pool.list(of: block.pointer))
            try pool.setEntry(
                ObjectDirectory.Key.obsoleteList.rawValue, ofFat: ObjectDirectory.objectNumber,
                words: [list])
            try pool.addToFeature("com.delphix:obsolete_counts", 1)
            return [Found(.pointerListEntry, list)]
        },
        verify(
            "a queue of destroyed datasets that counts too much", [.destroyedTotals],
            consequences: [.dslUsed]
        ) { pool in
            let queue = try pool.addObject(
                EditedPool.NewObject(
                    type: EditedPool.words, bonusType: EditedPool.words,
                    bonus: EditedPool.bytes([0, 0, 512, 0, 0])))
            try pool.setEntry(
                ObjectDirectory.Key.destroyedTrees.rawValue, ofFat: ObjectDirectory.objectNumber,
                words: [queue])
            try pool.addToFeature("com.delphix:async_destroy", 1)
            return [Found(.destroyedTotals, queue)]
        },
        verify(
            "a queue of destroyed datasets that can't be read", [.listUnreadable],
            unchecked: ["blocks that wait to be freed", "basic/$FREE"]
        ) { pool in
            let queue = try pool.addObject(
                EditedPool.NewObject(
                    type: EditedPool.words, bonusType: EditedPool.words,
                    bonus: EditedPool.bytes([0])))
            try pool.setEntry(
                ObjectDirectory.Key.destroyedTrees.rawValue, ofFat: ObjectDirectory.objectNumber,
                words: [queue])
            try pool.addToFeature("com.delphix:async_destroy", 1)
            return [Found(.listUnreadable) { ($0.objectSet, $0.object) = (0, queue) }]
        },
        verify("old places where no vdev was removed", [.remapDeadlist]) { pool in
            let own = try pool.dataset("basic/xdir").object
            let list = try pool.addObject(try EditedPool.emptyDeadlist())
            try pool.setEntry("com.delphix:remap_deadlist", ofMeta: own, list)
            try pool.addToFeature("com.delphix:obsolete_counts", 1)
            return [Found(.remapDeadlist, list, "basic/xdir")]
        },
        verify(
            "a destroyed clone under another number", [.deletedClone], in: "livelist"
        ) { pool in
            let list = try pool.addObject(try EditedPool.emptyDeadlist())
            let table = try pool.addDeletedClones([("63", list)])
            return [Found(.deletedClone, table, key: "63")]
        },
        verify(
            "a destroyed clone that still exists", [.deletedClone], in: "livelist",
            consequences: [.waitingBlockInUse, .dslUsed]
        ) { pool in
            let list = try pool.livelist("livelist/clone1")
            let name = String(list, radix: 16)
            let table = try pool.addDeletedClones([(name, list)])
            return [Found(.deletedClone, table, key: name)]
        },
    ]
}

extension EditedPool {
    /// A list that holds one pointer, as lists keep it, and counts it right.
    fileprivate func list(of pointer: BlockPointer) throws -> NewObject {
        let space = ChargedSpace(pointer, try open().deflation)
        var kept = BlockPointer.hole
        for word in [0, 1, 2, 3, 4, 5, 6, 9, 10] { kept.words[word] = pointer.words[word] }
        return NewObject(
            type: .blockPointerList, bonusType: .blockPointerListHeader,
            bonus: Self.bytes([1, space.used, space.compressed, space.uncompressed, 0, 0, 0]),
            block: kept.encoded(.little) + [UInt8](repeating: 0, count: 384))
    }

    static func emptyDeadlist() throws -> NewObject {
        NewObject(
            type: .deadlist, bonusType: .deadlistHeader,
            bonus: bytes(Array(repeating: 0, count: 40)),
            block: try microZAP([]))
    }

    fileprivate func addDeletedClones(_ entries: [(String, UInt64)]) throws -> UInt64 {
        let table = try addObject(
            NewObject(type: Self.table, block: try Self.microZAP(entries)))
        try setEntry(
            ObjectDirectory.Key.deletedClones.rawValue, ofFat: ObjectDirectory.objectNumber,
            words: [table])
        try addToFeature("com.delphix:livelist", UInt64(entries.count))
        return table
    }
}
