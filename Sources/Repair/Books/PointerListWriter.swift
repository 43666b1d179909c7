import Bytes
import Datasets
import Objects
import Vdevs

/// Adds block pointers to lists of the MOS: deferred frees, deadlists.
///
/// Mirrors `bpobj_enqueue` (`module/zfs/bpobj.c`): pointers lose their fill, and those that no dedup table knows their
/// checksum.
struct PointerListWriter {
    let deflation: Deflation

    /// Puts blocks on the list of those that ZFS is to free when it writes its next group.
    func deferFrees(
        of pointers: [BlockPointer], _ pool: Pool, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard !pointers.isEmpty else { return }
        guard let number = pool.directory.object(.deferredFrees) else {
            throw .unsupported("the object directory has no list of deferred frees")
        }
        try append(pointers, to: number, of: &meta)
    }

    /// Adds pointers to the list of that object; a livelist also has marks that blocks were freed.
    func append(
        _ pointers: [BlockPointer], areFrees: Bool = false, to number: UInt64,
        of meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try meta.edit(number) { list throws(RepairError) in
            let bonus = try list.bonus
            let header = try RepairError.format(of: number) { () throws(FormatError) in
                try BlockPointerListHeader(bonus.rawBytes, list.order)
            }
            let perBlock = UInt64(try list.blockSize / BlockPointer.byteCount)
            guard perBlock > 0, header.count < 1 << 40 else {
                throw .changed("the list \(number) holds \(header.count) pointers")
            }
            var place = header.count
            var left = pointers[...]
            while !left.isEmpty {
                let slot = Int(place % perBlock)
                let part = left.prefix(Int(perBlock) - slot)
                try list.editBlock(place / perBlock) { (bytes, order) throws(FormatError) in
                    for (index, pointer) in part.enumerated() {
                        let start = (slot + index) * BlockPointer.byteCount
                        bytes.replaceSubrange(
                            start..<start + BlockPointer.byteCount,
                            with: Self.stored(pointer, isFree: areFrees).encoded(order))
                    }
                }
                place += UInt64(part.count)
                left = left.dropFirst(part.count)
            }
            try count(pointers, areFrees: areFrees, header, in: &list)
        }
    }

    private func count(
        _ pointers: [BlockPointer], areFrees: Bool, _ header: BlockPointerListHeader,
        in list: inout ObjectDraft
    ) throws(RepairError) {
        let balance = SpaceBalance(
            written: areFrees ? [] : pointers, freed: areFrees ? pointers : [], deflation)
        guard !areFrees || header.freedCount != nil else {
            throw .changed("the list \(list.number) is none of a livelist")
        }
        typealias Layout = BlockPointerListHeader.Layout
        let order = list.order
        let total = header.count + UInt64(pointers.count)
        try list.editBonus { bonus throws(FormatError) in
            try Layout.count.write(total, into: &bonus, order)
            try Layout.bytes.write(header.bytes.changed(by: balance.used), into: &bonus, order)
            if let old = header.compressedBytes {
                try Layout.compressedBytes.write(
                    old.changed(by: balance.compressed), into: &bonus, order)
            }
            if let old = header.uncompressedBytes {
                try Layout.uncompressedBytes.write(
                    old.changed(by: balance.uncompressed), into: &bonus, order)
            }
            if areFrees, let old = header.freedCount {
                try Layout.freedCount.write(
                    old.changed(by: Int64(clamping: pointers.count)), into: &bonus, order)
            }
        }
    }

    /// A pointer as lists keep it.
    static func stored(_ pointer: BlockPointer, isFree: Bool = false) -> BlockPointer {
        var pointer = pointer
        if pointer.isEmbedded {
            var bare = BlockPointer.hole
            bare.words[6] = pointer.words[6]
            bare.words[10] = pointer.words[10]
            return bare
        }
        pointer.words[11] = isFree ? 1 : 0
        if !pointer.isDeduplicated { for index in 12..<16 { pointer.words[index] = 0 } }
        return pointer
    }
}
