package import Blocks
import Bytes
package import Vdevs

/// The tree of blocks below a dnode: the way from a block's index to its pointer.
///
/// Level 0 is data; each block of a higher level is an array of pointers to the level below. Every depth
/// and index is checked, so that a hostile dnode costs an error and nothing else. Mirrors
/// `dbuf_findbp` (`module/zfs/dbuf.c`).
package struct IndirectTree: Sendable {
    /// The object's number, for errors; nil where it has none.
    package let object: UInt64?
    package let dnode: Dnode
    let source: any BlockSource
    let cache: BlockCache

    package init(
        dnode: Dnode, object: UInt64?, source: any BlockSource, cache: BlockCache
    ) {
        self.dnode = dnode
        self.object = object
        self.source = source
        self.cache = cache
    }

    /// The pointer to the block of that level and index, a hole where nothing leads there.
    ///
    /// Throws where the tree is not that high or wide, or an indirect block on the way can't be read.
    package func pointer(level: UInt8, index: UInt64) throws(ObjectError) -> BlockPointer {
        guard dnode.isAllocated else { throw ObjectError(object: object, .notAllocated) }
        let top = dnode.levels - 1
        guard level <= top, index >> shift(from: top, to: level) < UInt64(dnode.pointerCount)
        else {
            throw ObjectError(
                object: object,
                .outOfRange("block \(index) of level \(level) lies outside the tree"))
        }
        var place = top
        var pointer = dnode.pointer(
            Int(truncatingIfNeeded: index >> shift(from: top, to: level)))
        try check(pointer, level: top, index: index >> shift(from: top, to: level))
        while place > level, !pointer.isHole {
            let block = try read(
                pointer, level: place, index: index >> shift(from: place, to: level))
            place -= 1
            let below = index >> shift(from: place, to: level)
            let mask = (UInt64(1) << UInt64(dnode.pointersPerBlockShift)) - 1
            pointer = try decode(below & mask, in: block)
            try check(pointer, level: place, index: below)
        }
        return pointer.isHole ? .hole : pointer
    }

    /// The block of that level and index, nil for a hole; `cached` for metadata that is read repeatedly.
    package func block(
        level: UInt8 = 0, index: UInt64, cached: Bool = false
    ) throws(ObjectError) -> TreeBlock? {
        let pointer = try pointer(level: level, index: index)
        guard !pointer.isHole else { return nil }
        return try read(pointer, level: level, index: index, cached: cached)
    }

    /// How far an index of level `low` must be shifted to be an index of level `high`.
    func shift(from high: UInt8, to low: UInt8) -> UInt64 {
        UInt64(high - low) * UInt64(dnode.pointersPerBlockShift)
    }

    /// Pointer number `slot` of an indirect block, not yet checked.
    func decode(_ slot: UInt64, in block: TreeBlock) throws(ObjectError) -> BlockPointer {
        do {
            return try BlockPointer(
                block.bytes.rawBytes,
                at: Int(truncatingIfNeeded: slot) * BlockPointer.byteCount, block.order)
        } catch {
            throw ObjectError(object: object, .format(error))
        }
    }

    /// Reads what `pointer` leads to and holds it against the size that the dnode gives for the level.
    func read(
        _ pointer: BlockPointer, level: UInt8, index: UInt64, cached: Bool = true
    ) throws(ObjectError) -> TreeBlock {
        let outcome: ReadOutcome
        do {
            let place = object.map { TreePlace.block(object: $0, level: level, index: index) }
            outcome =
                cached
                ? try cache.read(pointer, at: place, from: source)
                : try source.read(pointer, at: place)
        } catch {
            throw ObjectError(object: object, .block(level: level, index: index, error))
        }
        let expected = level == 0 ? dnode.dataBlockSize : dnode.indirectBlockSize
        guard outcome.bytes.count == expected else {
            throw ObjectError(
                object: object,
                .format(
                    FormatError(
                        "blk_prop",
                        .invalid(
                            "gives block \(index) of level \(level) \(outcome.bytes.count) bytes, "
                                + "but the dnode says \(expected)"))))
        }
        return TreeBlock(outcome, pointer)
    }

    /// A pointer that says another level than where it stands would make data pass for pointers.
    func check(
        _ pointer: BlockPointer, level: UInt8, index: UInt64
    ) throws(ObjectError) {
        guard pointer.isHole || pointer.isRedacted || pointer.level == level else {
            throw ObjectError(
                object: object,
                .format(
                    FormatError(
                        "blk_prop",
                        .invalid(
                            "says level \(pointer.level) where block \(index) of level \(level) "
                                + "is expected"))))
        }
    }
}
