package import Bytes
import Objects

/// The block reference table (BRT) of one top-level vdev: which of its blocks were cloned.
///
/// An array of counters, one for each 16 MiB of the vdev, with the totals in its bonus, and a ZAP of entries. Mirrors
/// `brt_vdev_load` (`module/zfs/brt.c`).
package struct BlockReferences: Sendable {
    package let vdev: UInt32
    /// How much of a vdev each counter is for: 16 MiB (`BRT_RANGESIZE`).
    package static let rangeSize: UInt64 = 16 << 20
    /// The object of the counters.
    package let object: UInt64
    package let header: BlockReferencesHeader
    private let meta: MetaObjects

    package init(vdev: UInt32, object: UInt64, _ meta: MetaObjects) throws(PoolError) {
        self.vdev = vdev
        self.object = object
        self.meta = meta
        header = try meta.bonus(of: object, as: BlockReferencesHeader.self)
    }

    /// Visits every entry, in the order of the ZAP. What can't be read goes to the notes.
    package func forEachReference(_ visit: (BlockReference) -> Void) throws(PoolError) {
        let zap = try meta.zap(header.entries)
        let name = "block references of vdev \(vdev)"
        let problems = zap.forEachEntry { entry in
            guard case .words(let key) = entry.key, key.count == 1, let extra = count(entry.value)
            else {
                meta.damage(
                    header.entries, name, "the entry \(entry.name) is none of a block",
                    code: .cloneTableEntry)
                return
            }
            visit(BlockReference(offset: key[0], extra: extra))
        }
        for problem in problems {
            meta.damage(header.entries, name, problem.what, code: .zap(problem.kind))
        }
    }

    /// How many counters there are; throws where there can't be so many.
    package var counterCount: Int {
        get throws(PoolError) {
            let object = try meta.object(object)
            guard header.size <= object.byteCount / 2, header.size <= 1 << 27 else {
                throw .format(
                    object: object.number, FormatError("bvp_size", .badValue(header.size)))
            }
            return Int(header.size)
        }
    }

    /// The counters: how many entries each range of the vdev has.
    ///
    /// Two bytes each in the order of the host that wrote the block.
    package func counters() throws(PoolError) -> [UInt16] {
        let count = try counterCount
        let object = try meta.object(object)
        var counters: [UInt16] = []
        do throws(ObjectError) {
            var index: UInt64 = 0
            while counters.count < count, index < object.blockCount {
                let block = try object.orderedBlock(index)
                let wanted = min(object.blockSize / 2, count - counters.count)
                counters += try decode(block, count: wanted)
                index += 1
            }
        } catch {
            throw .object(error)
        }
        return counters
    }

    private func decode(_ block: TreeBlock?, count: Int) throws(ObjectError) -> [UInt16] {
        guard let block else { return Array(repeating: 0, count: count) }
        var counters: [UInt16] = []
        for slot in 0..<count {
            do {
                counters.append(try block.bytes.rawBytes.integer(at: slot * 2, block.order))
            } catch {
                throw ObjectError(
                    object: object, .format(FormatError("entcount", .outOfBounds(error))))
            }
        }
        return counters
    }

    /// The value of an entry: one word with the feature block_cloning_endian, else eight bytes in the order of the
    /// host that wrote it.
    ///
    /// Which order that was is not stored. The header's is taken, unless only the other gives a possible number.
    private func count(_ value: ZAPValue) -> UInt64? {
        if value.integerSize == 8 { return value.uint64 }
        let bytes = value.bytes
        guard value.integerSize == 1, bytes.count == 8 else { return nil }
        var big: UInt64 = 0
        for byte in bytes { big = big << 8 | UInt64(byte) }
        let little = big.byteSwapped
        let (own, other) = header.byteOrder == 1 ? (big, little) : (little, big)
        return own > 1 << 48 && other < 1 << 48 ? other : own
    }

    package var record: Record {
        var record = Record(["vdev": .number(UInt64(vdev)), "object": .number(object)])
        for entry in header.record.entries { record.add(entry.name, entry.value) }
        return record
    }
}
