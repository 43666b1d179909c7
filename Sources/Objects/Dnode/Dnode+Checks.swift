import Bytes
import Vdevs

extension Dnode {
    /// The numbers without which an object's blocks can't be found.
    struct Shape {
        let levels: UInt8
        let pointerCount: UInt8
        let indirectBlockShift: UInt8
        let dataBlockSectors: UInt16
        let extraSlots: UInt8
        /// Bytes from the dnode to the end of its block.
        let available: Int

        /// Throws what makes the object unreadable; limits as in `dnode_verify` (`module/zfs/dnode.c`),
        /// but with the smaller indirect blocks that early versions wrote.
        func check() throws(FormatError) {
            guard (1...maximumLevels).contains(levels) else {
                throw FormatError(Layout.levels.name, .badValue(UInt64(levels)))
            }
            guard (1...3).contains(pointerCount) else {
                throw FormatError(Layout.pointerCount.name, .badValue(UInt64(pointerCount)))
            }
            guard (9...24).contains(indirectBlockShift) else {
                throw FormatError(
                    Layout.indirectBlockShift.name, .badValue(UInt64(indirectBlockShift)))
            }
            guard dataBlockSectors > 0 else {
                throw FormatError(Layout.dataBlockSectors.name, .badValue(0))
            }
            guard (Int(extraSlots) + 1) * slotSize <= available else {
                throw FormatError(
                    Layout.extraSlots.name,
                    .invalid("is \(extraSlots), which reaches past the end of the block"))
            }
        }
    }

    /// What is wrong with an allocated dnode of a sound shape.
    static func findProblems(_ bytes: RawSpan, _ order: ByteOrder) -> [FormatError] {
        var problems: [FormatError] = []
        do throws(FormatError) {
            let type = ObjectType(rawValue: try Layout.type.read(bytes, order))
            if !type.isKnown {
                problems.append(FormatError(Layout.type.name, .badValue(UInt64(type.rawValue))))
            }
            let bonusLength = try Layout.bonusLength.read(bytes, order)
            let bonusType = ObjectType(rawValue: try Layout.bonusType.read(bytes, order))
            if bonusLength > 0, !bonusType.isKnown {
                problems.append(
                    FormatError(Layout.bonusType.name, .badValue(UInt64(bonusType.rawValue))))
            }
            let room = try bonusRoom(bytes, order)
            if Int(bonusLength) > room {
                problems.append(
                    FormatError(
                        Layout.bonusLength.name,
                        .invalid("is \(bonusLength), but the dnode has room for \(max(0, room))")))
            }
        } catch {
            problems.append(error)
        }
        return problems
    }

    /// Bytes between the last block pointer and the end or the spill pointer; negative where they overlap.
    private static func bonusRoom(
        _ bytes: RawSpan, _ order: ByteOrder
    ) throws(FormatError) -> Int {
        let slots = Int(try Layout.extraSlots.read(bytes, order)) + 1
        let pointers = Int(try Layout.pointerCount.read(bytes, order))
        let flags = Flags(rawValue: try Layout.flags.read(bytes, order))
        let spill = flags.contains(.spillPointer) ? BlockPointer.byteCount : 0
        return slots * slotSize - Layout.tailOffset - pointers * BlockPointer.byteCount - spill
    }
}
