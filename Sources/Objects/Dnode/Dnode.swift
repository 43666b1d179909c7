package import Bytes
package import Codecs
package import Vdevs

/// The head of one object: its type, its block size, the pointers to its blocks and its bonus.
///
/// It keeps the block it was read from, so that a walk over millions of dnodes copies none of them. What
/// makes the object unreadable is thrown; what can be read around stands in `problems`. Mirrors
/// `dnode_phys_t` (`include/sys/dnode.h`).
package struct Dnode: Sendable {
    /// The bytes of one slot; a large dnode takes several (`DNODE_MIN_SIZE`).
    package static let slotSize = 512
    /// The most levels that a tree can have before its offsets pass 64 bits, with room to spare
    /// (`dnode_verify` in `module/zfs/dnode.c`).
    package static let maximumLevels: UInt8 = 30

    package let type: ObjectType
    /// Log2 of the size of the indirect blocks in bytes.
    package let indirectBlockShift: UInt8
    /// 1 where the pointers lead to data, more with indirect blocks between.
    package let levels: UInt8
    /// How many block pointers stand in the dnode, 1 to 3.
    package let pointerCount: UInt8
    package let bonusType: ObjectType
    package let checksum: ChecksumAlgorithm
    package let compression: CompressionAlgorithm
    package let flags: Flags
    /// The size of a data block in 512-byte sectors.
    package let dataBlockSectors: UInt16
    /// As stored; `bonus` never has more bytes than the dnode has room for.
    package let bonusLength: UInt16
    /// How many slots after the first belong to it.
    package let extraSlots: UInt8
    /// The index of the last block that was ever written.
    package let maximumBlockID: UInt64
    /// `dn_used` as stored: bytes or sectors, see `usedBytes`.
    package let used: UInt64
    /// The order of the block that holds the dnode, which is also the order of its bonus.
    package let order: ByteOrder
    /// The bonus is still encrypted, for want of a key.
    package let isBonusSealed: Bool
    /// What is wrong with it although the object can be read.
    package let problems: [FormatError]

    /// The block that holds the dnode, and where in it.
    let block: [UInt8]
    let offset: Int

    /// Decodes the dnode at the start of `bytes`.
    package init(_ bytes: RawSpan, _ order: ByteOrder) throws(FormatError) {
        try self.init(block: bytes.array, at: 0, order)
    }

    /// Decodes the dnode in a slot of a block of the meta dnode.
    init(_ block: TreeBlock, slot: Int) throws(FormatError) {
        try self.init(
            block: block.bytes, at: slot * Self.slotSize, block.order, isSealed: block.isSealed)
    }

    /// Decodes the dnode at `offset` of a block, sharing the block's bytes.
    ///
    /// `isSealed` says that encrypted bonuses in the block were left as they are.
    package init(
        block: [UInt8], at offset: Int, _ order: ByteOrder, isSealed: Bool = false
    ) throws(FormatError) {
        guard offset >= 0, offset <= block.count, block.count - offset >= Self.slotSize else {
            throw FormatError(
                "dnode_phys_t",
                .outOfBounds(
                    OutOfBounds(offset: offset, count: Self.slotSize, available: block.count)))
        }
        let bytes = block.rawBytes.extracting(offset..<block.count)
        type = ObjectType(rawValue: try Layout.type.read(bytes, order))
        indirectBlockShift = try Layout.indirectBlockShift.read(bytes, order)
        levels = try Layout.levels.read(bytes, order)
        pointerCount = try Layout.pointerCount.read(bytes, order)
        bonusType = ObjectType(rawValue: try Layout.bonusType.read(bytes, order))
        checksum = ChecksumAlgorithm(rawValue: try Layout.checksum.read(bytes, order))
        compression = CompressionAlgorithm(rawValue: try Layout.compression.read(bytes, order))
        flags = Flags(rawValue: try Layout.flags.read(bytes, order))
        dataBlockSectors = try Layout.dataBlockSectors.read(bytes, order)
        bonusLength = try Layout.bonusLength.read(bytes, order)
        extraSlots = try Layout.extraSlots.read(bytes, order)
        maximumBlockID = try Layout.maximumBlockID.read(bytes, order)
        used = try Layout.used.read(bytes, order)
        self.order = order
        isBonusSealed = isSealed && bonusType.isEncrypted && bonusLength > 0
        self.block = block
        self.offset = offset
        guard type != .none else {
            problems = []
            return
        }
        let shape = Shape(
            levels: levels, pointerCount: pointerCount, indirectBlockShift: indirectBlockShift,
            dataBlockSectors: dataBlockSectors, extraSlots: extraSlots,
            available: bytes.byteCount)
        try shape.check()
        problems = Self.findProblems(bytes, order)
    }
}

extension Dnode {
    /// `dn_flags`.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// `dn_used` is in bytes, not sectors (`DNODE_FLAG_USED_BYTES`).
        package static let usedBytes = Flags(rawValue: 1 << 0)
        /// Its space is counted for its owner (`DNODE_FLAG_USERUSED_ACCOUNTED`).
        package static let userUsedAccounted = Flags(rawValue: 1 << 1)
        /// The last 128 bytes point to a spill block (`DNODE_FLAG_SPILL_BLKPTR`).
        package static let spillPointer = Flags(rawValue: 1 << 2)
        /// It is itself counted for its owner (`DNODE_FLAG_USEROBJUSED_ACCOUNTED`).
        package static let userObjectUsedAccounted = Flags(rawValue: 1 << 3)
    }

    /// Whether the slot holds an object at all.
    package var isAllocated: Bool { type != .none }
    /// Bytes that it takes in its block.
    package var byteCount: Int { (Int(extraSlots) + 1) * Self.slotSize }
    /// The size of a data block in bytes.
    package var dataBlockSize: Int { Int(dataBlockSectors) << 9 }
    /// The size of an indirect block in bytes.
    package var indirectBlockSize: Int { 1 << Int(indirectBlockShift) }
    /// Log2 of the number of pointers in an indirect block.
    package var pointersPerBlockShift: Int { Int(indirectBlockShift) - 7 }
    /// Space on disk that the object takes, in bytes; the highest number where that overflows.
    package var usedBytes: UInt64 {
        if flags.contains(.usedBytes) { return used }
        return used > .max >> 9 ? .max : used << 9
    }

    /// The pointer in place `index` of the dnode, a hole where there is no such place.
    package func pointer(_ index: Int) -> BlockPointer {
        guard index >= 0, index < Int(pointerCount) else { return .hole }
        return decodePointer(at: Layout.tailOffset + index * BlockPointer.byteCount)
    }

    /// The pointer to the spill block, where the flag says that there is one.
    package var spillPointer: BlockPointer? {
        guard isAllocated, flags.contains(.spillPointer) else { return nil }
        return decodePointer(at: byteCount - BlockPointer.byteCount)
    }

    /// Where the bonus lies in the dnode; never past its end or into the spill pointer.
    package var bonusRange: Range<Int> {
        let room = bonusRoom
        return room.lowerBound..<min(room.upperBound, room.lowerBound + Int(bonusLength))
    }

    /// Where a bonus can lie: all that pointers leave free.
    package var bonusRoom: Range<Int> {
        let start = Layout.tailOffset + Int(pointerCount) * BlockPointer.byteCount
        let end = byteCount - (flags.contains(.spillPointer) ? BlockPointer.byteCount : 0)
        guard isAllocated, start < end else { return 0..<0 }
        return start..<end
    }

    /// A copy of the bonus.
    package var bonus: [UInt8] {
        let range = bonusRange
        return [UInt8](block[offset + range.lowerBound..<offset + range.upperBound])
    }

    /// Lets `body` read the bonus in place.
    package func withBonus<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let range = bonusRange
        return try body(
            block.rawBytes.extracting(offset + range.lowerBound..<offset + range.upperBound))
    }

    /// A copy of the dnode as it is stored, all its slots.
    package var bytes: [UInt8] { [UInt8](block[offset..<offset + byteCount]) }

    private func decodePointer(at place: Int) -> BlockPointer {
        do {
            return try BlockPointer(block.rawBytes, at: offset + place, order)
        } catch {
            return .hole
        }
    }
}
