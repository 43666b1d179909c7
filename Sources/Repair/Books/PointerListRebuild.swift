import Bytes
import Datasets
import Objects
import Vdevs

/// Makes, fills and frees lists of block pointers as wholes.
struct PointerListRebuild {
    let pool: Pool
    let deflation: Deflation

    /// A new and empty list; returns its object. Mirrors `bpobj_alloc` (`module/zfs/bpobj.c`).
    func add(to meta: inout ObjectSetDraft) throws(RepairError) -> UInt64 {
        let size = BlockPointerListHeader.Layout
            .byteCounts[pool.features.isActive("livelist") ? 3 : 2]
        return try meta.add(
            type: .blockPointerList, blockSize: 1 << 17, indirectBlockShift: 17,
            bonusType: .blockPointerListHeader, bonus: [UInt8](repeating: 0, count: size))
    }

    /// Gives a list these pointers and no others; lists below it are freed.
    func fill(
        _ number: UInt64, with pointers: [BlockPointer], in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        for below in below(number) { try freeOne(below, in: &meta) }
        let total = pointers.reduce(into: ChargedSpace()) { $0 += ChargedSpace($1, deflation) }
        try meta.edit(number) { list throws(RepairError) in
            try fill(&list, with: pointers)
            let order = list.order
            try list.editBonus { bonus throws(FormatError) in
                typealias Layout = BlockPointerListHeader.Layout
                let values: [(Field<UInt64>, UInt64)] = [
                    (Layout.count, UInt64(pointers.count)), (Layout.bytes, total.used),
                    (Layout.compressedBytes, total.compressed),
                    (Layout.uncompressedBytes, total.uncompressed),
                    (Layout.subordinateObject, 0), (Layout.subordinateCount, 0),
                    (Layout.freedCount, 0),
                ]
                // Lists of old pools keep the shorter header that they were made with.
                for (field, value) in values where field.offset + 8 <= bonus.count {
                    try field.write(value, into: &bonus, order)
                }
            }
        }
    }

    private func fill(
        _ list: inout ObjectDraft, with pointers: [BlockPointer]
    ) throws(RepairError) {
        let size = try list.blockSize
        let perBlock = size / BlockPointer.byteCount
        guard perBlock > 0 else {
            throw .changed("the list \(list.number) has blocks of \(size) bytes")
        }
        var blocks: [[UInt8]] = []
        for start in stride(from: 0, to: pointers.count, by: perBlock) {
            let order = try list.order(ofBlock: UInt64(blocks.count))
            var block: [UInt8] = []
            block.reserveCapacity(size)
            for pointer in pointers[start..<min(start + perBlock, pointers.count)] {
                block += PointerListWriter.stored(pointer).encoded(order)
            }
            blocks.append(block + [UInt8](repeating: 0, count: size - block.count))
        }
        try list.replaceBlocks(blocks)
    }

    /// Frees a list with all lists below it.
    func free(_ number: UInt64, in meta: inout ObjectSetDraft) throws(RepairError) {
        for below in below(number) { try freeOne(below, in: &meta) }
        try freeOne(number, in: &meta)
    }

    /// Gives an object back if it can be read to its end; one that can't be keeps its space, since nobody knows what that
    /// is.
    func freeOne(_ number: UInt64, in meta: inout ObjectSetDraft) throws(RepairError) {
        guard let base = try? pool.meta.object(number), meta.objects[number]?.isFreed != true else {
            return
        }
        var isWhole = true
        base.forEachBlockPointer { step in
            if case .damaged = step { isWhole = false }
        }
        if isWhole { try meta.free(number) }
    }

    /// The lists below a list and the arrays that name them, as they are on disk.
    func below(_ number: UInt64) -> [UInt64] {
        var found: [UInt64] = []
        var pending = [number]
        var seen: Set<UInt64> = [number]
        while let next = pending.popLast() {
            guard let list = try? pool.meta.pointerList(next) else { continue }
            if let array = list.header.subordinateObject, array != 0,
                (try? pool.meta.object(array))?.type == .subordinateLists,
                seen.insert(array).inserted
            {
                found.append(array)
            }
            for below in (try? list.subordinates()) ?? [] where seen.insert(below).inserted {
                guard (try? pool.meta.object(below))?.type == .blockPointerList else { continue }
                found.append(below)
                pending.append(below)
            }
        }
        return found
    }

    /// Takes so many users from the empty list that deadlists share; with the last one it goes itself.
    ///
    /// Mirrors `bpobj_decr_empty`.
    func releaseEmpty(_ users: Int, in meta: inout ObjectSetDraft) throws(RepairError) {
        guard users > 0 else { return }
        let left = try meta.countFeature("com.delphix:empty_bpobj", by: -users, of: pool)
        guard left == 0, let empty = pool.directory.object(.emptyList) else { return }
        try meta.edit(ObjectDirectory.objectNumber) { directory throws(RepairError) in
            try directory.removeEntry(ObjectDirectory.Key.emptyList.rawValue)
        }
        try meta.free(empty)
    }
}
