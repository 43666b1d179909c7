import Bytes
import Codecs
import Datasets
import Objects
import Vdevs

/// Whether a dnode agrees with itself and with its tree.
extension TreeRecorder {
    /// What a dnode says must be possible (`dnode_verify`, `module/zfs/dnode.c`).
    mutating func check(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        for problem in dnode.problems {
            report(
                Self.kind(ofField: problem.field), object, objectSet,
                Record(["field": .text(problem.field), "cause": .text("\(problem)")]))
        }
        checkShape(dnode, object, objectSet)
        checkBonusType(dnode, object, objectSet)
        checkBonusLength(dnode, object, objectSet)
        checkReserved(dnode, object, objectSet)
        if let flaw = Self.propertyFlaw(of: dnode) {
            report(.dnodeProperty, object, objectSet, flaw)
        }
        if let spill = dnode.spillPointer, spill.isHole {
            report(
                .dnodeSpill, object, objectSet,
                Record([
                    "field": "dn_flags",
                    "cause": "the flag of a spill block is set, but there is none",
                ]))
        }
    }

    static func kind(ofField field: String) -> ProblemKind {
        switch field {
        case Dnode.Layout.bonusLength.name: .dnodeBonusLength
        case Dnode.Layout.bonusType.name: .dnodeBonusType
        default: .dnodeType
        }
    }

    /// `DN_MAX_LEVELS`, and the sizes of indirect blocks that were ever written (`DN_MIN_INDBLKSHIFT` was 10 at first).
    private mutating func checkShape(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        if dnode.levels > 12 {
            report(
                .dnodeShape, object, objectSet,
                Record([
                    "field": .text(Dnode.Layout.levels.name),
                    "found": .number(UInt64(dnode.levels)),
                ]))
        }
        if !(10...17).contains(dnode.indirectBlockShift) {
            report(
                .dnodeShape, object, objectSet,
                Record([
                    "field": .text(Dnode.Layout.indirectBlockShift.name),
                    "found": .number(UInt64(dnode.indirectBlockShift)),
                ]))
        }
        if objectSet == 0, BonusTypes.hasRightLength(dnode), let made = dnode.madePointerCount,
            made != dnode.pointerCount
        {
            report(
                .dnodeShape, object, objectSet,
                Record([
                    "field": .text(Dnode.Layout.pointerCount.name),
                    "expected": .number(UInt64(made)),
                    "found": .number(UInt64(dnode.pointerCount)),
                ]))
        }
        let shift = UInt64(dnode.levels - 1) * UInt64(dnode.pointersPerBlockShift)
        let slot = shift < 64 ? dnode.maximumBlockID >> shift : 0
        guard slot >= UInt64(dnode.pointerCount) else { return }
        report(
            .dnodeMaximumBlockID, object, objectSet,
            Record([
                "found": .number(dnode.maximumBlockID),
                "cause": "the tree has no place for a block of that index",
            ]))
    }

    /// Only some types of objects have a bonus of a type that is made for them.
    private mutating func checkBonusType(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        guard dnode.bonusLength > 0, dnode.bonusType.isKnown, dnode.type.isKnown,
            !BonusTypes.allows(dnode.bonusType, in: dnode.type)
        else { return }
        report(
            .dnodeBonusType, object, objectSet,
            Record([
                "field": .text(Dnode.Layout.bonusType.name),
                "object_type": .text("\(dnode.type)"), "found": .text("\(dnode.bonusType)"),
            ]))
    }

    /// A bonus of a structure has the structure's size, and no bonus has no type.
    private mutating func checkBonusLength(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        if dnode.bonusLength == 0 {
            guard !BonusTypes.allowsNoLength(dnode.bonusType) else { return }
            report(
                .dnodeBonusType, object, objectSet,
                Record([
                    "field": .text(Dnode.Layout.bonusType.name),
                    "found": .number(UInt64(dnode.bonusType.rawValue)),
                    "cause": "the dnode has no bonus that could be of a type",
                ]))
        } else if !BonusTypes.hasRightLength(dnode) {
            report(
                .dnodeBonusLength, object, objectSet,
                Record([
                    "field": .text(Dnode.Layout.bonusLength.name),
                    "found": .number(UInt64(dnode.bonusLength)),
                    "cause": "no bonus of type \(dnode.bonusType) has this length",
                ]))
        }
    }

    /// Bits that no version sets, and those of accounting where there is none.
    private mutating func checkReserved(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        let isCounted = objectSet == 0 && !dnode.flags.isDisjoint(with: .accounting)
        guard let field = isCounted ? AnyField(Dnode.Layout.flags) : dnode.usedReserve else {
            return
        }
        report(
            .dnodeReserved, object, objectSet,
            Record(["field": .text(field.name), "flags": .word(UInt64(dnode.flags.rawValue))]))
    }

    private static func propertyFlaw(of dnode: Dnode) -> Record? {
        if dnode.checksum.rawValue >= PointerSanity.knownChecksums {
            return Record([
                "field": .text(Dnode.Layout.checksum.name),
                "found": .number(UInt64(dnode.checksum.rawValue)),
            ])
        }
        if dnode.compression.rawValue >= PointerSanity.knownCompressions {
            return Record([
                "field": .text(Dnode.Layout.compression.name),
                "found": .number(UInt64(dnode.compression.rawValue)),
            ])
        }
        return nil
    }

    /// Holds space and length against the tree; at once where the dnode names all of it.
    mutating func measure(_ dnode: Dnode, _ object: UInt64, _ objectSet: UInt64) {
        var own = TreeObject(
            objectSet: objectSet, object: object, used: dnode.usedBytes,
            maximumBlockID: dnode.maximumBlockID)
        if let spill = dnode.spillPointer { own.charged = deflation.charged(spill) }
        var last: UInt64?
        for index in 0..<Int(dnode.pointerCount) {
            let pointer = dnode.pointer(index)
            guard !pointer.isHole else { continue }
            own.charged &+= deflation.charged(pointer)
            last = UInt64(truncatingIfNeeded: index)
            guard dnode.levels > 1 else { continue }
            let key = SubtreeKey.key(pointer)
            if key == nil { own.isIncomplete = true }
            switch index {
            case 0: own.keys.0 = key
            case 1: own.keys.1 = key
            default: own.keys.2 = key
            }
        }
        if dnode.levels == 1 || last == nil {
            compare(own, charged: own.charged, lastIndex: last)
        } else if budget.isLeft {
            findings.objects.append(own)
            budget.take(MemoryLayout<TreeObject>.stride)
        } else {
            findings.omittedCount += 1
        }
    }

    private mutating func compare(_ object: TreeObject, charged: UInt64, lastIndex: UInt64?) {
        for problem in object.problems(charged: charged, lastIndex: lastIndex) {
            findings.problems.add(problem)
        }
    }

    mutating func report(
        _ kind: ProblemKind, _ object: UInt64, _ objectSet: UInt64, _ evidence: Record
    ) {
        findings.problems.add(
            Problem(kind, at: Location(objectSet: objectSet, object: object), evidence: evidence))
    }
}
