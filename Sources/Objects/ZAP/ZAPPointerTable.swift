import Bytes

/// The table of a fat ZAP that leads from the high bits of a hash to a leaf's block.
///
/// It stands in the second half of the header, or in blocks of its own. Mirrors `zap_table_phys` and
/// `zap_idx_to_blk` (`module/zfs/zap_fat.c`).
struct ZAPPointerTable {
    /// After so many unreadable blocks the table is given up; a hostile one could name 2^60 of them.
    private static let failureLimit = 64
    /// More blocks than a table has that leads to a thousand million entries.
    private static let blockLimit: UInt64 = 1 << 18

    let object: DMUObject
    let header: FatZAPHeader

    /// Consecutive slots that hold the same block index.
    struct Run {
        let slots: Range<UInt64>
        let leaf: UInt64
    }

    /// Log2 of the number of slots, as the table's place says; the stored one may be wrong.
    var shift: Int {
        if header.hasEmbeddedTable { return header.embeddedShift }
        let blocks = min(header.tableBlockCount, Self.blockLimit)
        return header.blockShift - 3 + 63 - blocks.leadingZeroBitCount
    }

    /// Slots in one block of an external table, or in the embedded one.
    private var slotsPerBlock: Int {
        header.hasEmbeddedTable ? header.blockSize / 16 : header.blockSize / 8
    }

    /// Where a slot lies: the block of the object and the byte in it.
    func place(ofSlot slot: UInt64) -> (block: UInt64, offset: Int) {
        let perBlock = UInt64(slotsPerBlock)
        let offset = Int(truncatingIfNeeded: slot % perBlock) * 8
        guard !header.hasEmbeddedTable else { return (0, header.blockSize / 2 + offset) }
        return (header.tableBlock &+ slot / perBlock, offset)
    }

    /// Whether a leaf can stand in that block.
    func isPossible(_ leaf: UInt64) -> Bool {
        leaf > 0 && leaf < header.freeBlock && leaf <= object.dnode.maximumBlockID
    }

    /// Whether the block belongs to the table, or to the larger one that is being built.
    func contains(_ block: UInt64) -> Bool {
        if block >= header.tableBlock, block - header.tableBlock < header.tableBlockCount {
            return true
        }
        return header.nextTableBlock != 0 && block >= header.nextTableBlock
            && (block - header.nextTableBlock) / 2 < header.tableBlockCount
    }

    /// The block of the leaf for a hash; throws where the table can't be read or names no possible block.
    func leaf(forHash hash: UInt64) throws(ObjectError) -> UInt64 {
        let slot = hash >> UInt64(64 - shift)
        let (index, offset) = place(ofSlot: slot)
        let block = try block(index)
        let leaf: UInt64
        do {
            leaf = try block.bytes.rawBytes.integer(at: offset, block.order)
        } catch {
            throw ObjectError(
                object: object.number, .format(FormatError("zap_ptrtbl", .outOfBounds(error))))
        }
        guard isPossible(leaf) else {
            throw ObjectError(
                object: object.number,
                .outOfRange("slot \(slot) of the ZAP's pointer table names block \(leaf)"))
        }
        return leaf
    }

    /// Visits all runs of equal slots in order; what can't be read is given to `failed` and left out.
    func forEachRun<Failure: Error>(
        _ visit: (Run) throws(Failure) -> Void, failed: (ZAPProblem) -> Void
    ) throws(Failure) {
        var pending: Run?
        var failures = 0
        let count = header.hasEmbeddedTable ? 1 : min(header.tableBlockCount, Self.blockLimit)
        for number in 0..<count where failures < Self.failureLimit {
            let first = number * UInt64(slotsPerBlock)
            let (index, offset) = place(ofSlot: first)
            let block: (bytes: [UInt8], order: ByteOrder)
            do {
                block = try self.block(index)
            } catch {
                failed(
                    ZAPProblem(
                        .unreadable, block: index, at: 0,
                        "a block of the pointer table can't be read: \(error)"))
                failures += 1
                continue
            }
            for (place, leaf) in words(block.bytes, block.order, from: offset) {
                let slot = first + UInt64(place)
                if let run = pending, run.leaf == leaf, run.slots.upperBound == slot {
                    pending = Run(slots: run.slots.lowerBound..<slot + 1, leaf: leaf)
                } else {
                    if let run = pending { try visit(run) }
                    pending = Run(slots: slot..<slot + 1, leaf: leaf)
                }
            }
        }
        if let pending { try visit(pending) }
    }

    private func words(
        _ bytes: [UInt8], _ order: ByteOrder, from offset: Int
    ) -> [(Int, UInt64)] {
        var words: [(Int, UInt64)] = []
        words.reserveCapacity(slotsPerBlock)
        let raw = bytes.rawBytes
        for place in 0..<slotsPerBlock {
            do {
                words.append((place, try raw.integer(at: offset + place * 8, order)))
            } catch {
                break
            }
        }
        return words
    }

    private func block(
        _ index: UInt64
    ) throws(ObjectError) -> (bytes: [UInt8], order: ByteOrder) {
        if header.hasEmbeddedTable { return (header.block, header.order) }
        guard let read = try object.orderedBlock(index) else {
            throw ObjectError(
                object: object.number,
                .outOfRange("block \(index) of the ZAP's pointer table is a hole"))
        }
        return (read.bytes, read.order)
    }

    /// What the header says of the table that can't be.
    func headerProblems() -> [ZAPProblem] {
        var problems: [ZAPProblem] = []
        if header.tableShift != UInt64(shift) {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: FatZAPHeader.Layout.tableShift.offset,
                    "zt_shift is \(header.tableShift), but the table has 2^\(shift) slots",
                    stored: header.tableShift, actual: UInt64(shift)))
        }
        let (end, overflow) = header.tableBlock.addingReportingOverflow(header.tableBlockCount)
        if overflow || end > header.freeBlock {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: FatZAPHeader.Layout.tableBlock.offset,
                    "the pointer table of \(header.tableBlockCount) blocks at "
                        + "\(header.tableBlock) reaches past zap_freeblk, \(header.freeBlock)"))
        }
        if !header.hasEmbeddedTable, header.tableBlockCount & (header.tableBlockCount - 1) != 0 {
            problems.append(
                ZAPProblem(
                    .header, block: 0, at: FatZAPHeader.Layout.tableBlockCount.offset,
                    "zt_numblks is \(header.tableBlockCount), not a power of two"))
        }
        return problems
    }
}
