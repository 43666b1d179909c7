import Bytes
import Objects
import Vdevs

/// Whether a pointer fits its place.
extension TreeRecorder {
    /// Adds the pointer's fill to that of the block; what is no block of pointers has one.
    mutating func count(_ pointer: BlockPointer, _ place: BlockPlace, _ block: CensusTask) {
        let isBranch = place.level > 0 || pointer.type == .dnode
        switch block.content {
        case .pointers: fill &+= isBranch ? pointer.fill : 1
        case .objectSet where place.object == 0: fill &+= pointer.fill
        case .objectSet, .dnodes: break
        }
        guard !isBranch, pointer.fill != 1 else { return }
        report(
            .fillMismatch, pointer, place,
            Record(["expected": .number(1), "found": .number(pointer.fill)]))
    }

    mutating func check(_ pointer: BlockPointer, _ place: BlockPlace, _ block: CensusTask) {
        checkBirth(pointer, place, block.pointer)
        guard pointer.type.isKnown, !pointer.isRedacted else { return }
        if let expected { checkPosition(pointer, place, expected) }
        checkBits(pointer, place)
    }

    /// A block is written after all that it points to; what is from the future was reported as such.
    private mutating func checkBirth(
        _ pointer: BlockPointer, _ place: BlockPlace, _ parent: BlockPointer
    ) {
        let latest = max(parent.logicalBirth, parent.physicalBirth)
        guard pointer.logicalBirth > parent.logicalBirth || pointer.physicalBirth > latest,
            pointer.logicalBirth <= lastTxg, pointer.physicalBirth <= lastTxg
        else { return }
        if lateBirth == nil { lateBirth = (pointer, place, 0) }
        lateBirth?.count += 1
    }

    mutating func reportLateBirth(_ block: CensusTask) {
        guard let (pointer, place, count) = lateBirth else { return }
        report(
            .birthAfterParent, pointer, place,
            Record([
                "birth": .txg(pointer.logicalBirth), "physical_birth": .txg(pointer.physicalBirth),
                "parent_birth": .txg(block.pointer.logicalBirth), "count": .number(count),
            ]))
    }

    /// Type and size follow from the object and the level (`dbuf_write_ready`, `module/zfs/dbuf.c`).
    private mutating func checkPosition(
        _ pointer: BlockPointer, _ place: BlockPlace, _ expected: Expectation
    ) {
        let isSpill = place.index == BlockPlace.spillIndex
        let type = isSpill ? spillType : expected.type
        // Blocks that stand in their pointer are written by other ways too, some of which leave the type out.
        if pointer.type != type, type.isKnown, !pointer.isEmbedded {
            report(
                .wrongPosition, pointer, place,
                Record([
                    "field": "type", "expected": .text("\(type)"),
                    "found": .text("\(pointer.type)"),
                ]))
        }
        let size = place.level > 0 ? expected.indirectSize : isSpill ? 0 : expected.dataSize
        guard size != 0, pointer.logicalSize != size else { return }
        report(
            .wrongPosition, pointer, place,
            Record([
                "field": "logical size",
                "expected": .bytes(UInt64(truncatingIfNeeded: size)),
                "found": .bytes(UInt64(truncatingIfNeeded: pointer.logicalSize)),
            ]))
    }

    /// Bits that only some blocks can have (`blkptr_t`, `include/sys/spa.h`).
    mutating func checkBits(_ pointer: BlockPointer, _ place: BlockPlace) {
        let flaw = pointer.isEmbedded ? pointer.embeddedFlaw : flaw(of: pointer, place)
        guard let flaw else { return }
        report(
            .pointerInvalid, pointer, place,
            Record(["field": .text(flaw.field), "found": .word(flaw.value)]))
    }

    private func flaw(
        of pointer: BlockPointer, _ place: BlockPlace
    ) -> (field: String, value: UInt64)? {
        if pointer.isDeduplicated, pointer.level > 0 || pointer.type.isMetadata {
            return ("dedup bit", 1)
        }
        // One bit of the second word of properties has a meaning, and only with its feature.
        let allowed: UInt64 = allowsRewriting ? 1 << 63 : 0
        if pointer.words[7] & ~allowed != 0 { return ("second properties", pointer.words[7]) }
        if let flaw = pointer.addressFlaw { return flaw }
        // Only data of files and volumes is deduplicated or cloned.
        if pointer.words[9] != 0, !allowsRewriting,
            place.objectSet == 0 || place.level > 0 || pointer.type.isMetadata,
            !moved.contains(pointer.physicalBirth)
        {
            return ("physical birth", pointer.words[9])
        }
        for index in 1..<pointer.copyLimit
        where !pointer.dva(index).isEmpty && pointer.dva(index - 1).isEmpty {
            return ("copies", UInt64(truncatingIfNeeded: index))
        }
        return nil
    }
}
