import Bytes
import Datasets
import Files
import Objects
import Vdevs
import Verify

/// What is done about blocks of one object that are lost, or whose pointers can't be right.
///
/// A block that can be read all the same is written again elsewhere, which gives it a sound pointer; else it becomes a hole.
/// A table loses the entries of the block and keeps the others.
struct BlockFix: Sendable {
    /// How one block is dealt with.
    enum Treatment: Sendable {
        /// Written again as it is.
        case copy
        case hole
        /// The spill block goes, with the attributes in it.
        case spill
    }

    let objectSet: UInt64
    let object: UInt64
    let place: String
    let isTable: Bool
    private(set) var slots: [TreeSlot: Treatment] = [:]
    /// Slots whose former blocks are not given back, since their pointers can't be trusted.
    private(set) var abandoned: Set<TreeSlot> = []
    private(set) var problems: [Problem] = []
    private(set) var losses: [RepairLoss] = []
    private let normalization: UInt64

    /// Nil where nothing can be done about any of the problems.
    init?(
        objectSet: UInt64, _ object: DMUObject, in set: ObjectSet,
        _ found: [(problem: Problem, slot: TreeSlot)], _ dataset: Dataset?
    ) {
        // Space maps are derived, and written anew as wholes.
        guard object.type != .spaceMap else { return nil }
        self.objectSet = objectSet
        self.object = object.number
        place = "object \(object.number) of \(dataset?.name ?? "the MOS")"
        isTable = object.type.content == .zap || object.type == .directory
        let filesystem = try? Filesystem(set)
        normalization =
            filesystem.flatMap { try? set.object($0.root) }
            .flatMap { try? ZAPContents(ObjectDraft($0)) }?.builder.normalization ?? 0
        let path = filesystem.flatMap { try? $0.path(of: object.number) }.map(Filesystem.text)
        for (problem, slot) in found where slot.level < object.dnode.levels {
            add(problem, slot, object, dataset, path)
        }
        guard !problems.isEmpty else { return nil }
    }

    private mutating func add(
        _ problem: Problem, _ slot: TreeSlot, _ object: DMUObject, _ dataset: Dataset?,
        _ path: String?
    ) {
        let treatment = Self.treatment(slot, of: object)
        // Without its contents, an object of the pool as a whole is another's matter.
        guard objectSet != 0 || isTable || treatment == .copy else { return }
        if !problems.contains(problem) { problems.append(problem) }
        if !Self.hasSoundPointer(problem) || !Self.canFollow(slot, of: object) {
            abandoned.insert(slot)
        }
        guard slots.updateValue(treatment, forKey: slot) == nil, treatment != .copy else { return }
        let isSpill = slot.index == BlockPlace.spillIndex
        let what =
            isSpill
            ? "the attributes in its spill block"
            : isTable ? "the entries in a block that can't be read" : "a block that can't be read"
        losses.append(
            RepairLoss(
                dataset: dataset?.name, object: object.number, path: path,
                range: isSpill ? nil : Self.range(of: slot, object), what))
    }

    /// Whether the pointer says that it is of the level where it stands.
    private static func canFollow(_ slot: TreeSlot, of object: DMUObject) -> Bool {
        slot.index == BlockPlace.spillIndex
            || (try? object.tree.pointer(level: slot.level, index: slot.index)) != nil
    }

    /// What can be read is kept.
    private static func treatment(_ slot: TreeSlot, of object: DMUObject) -> Treatment {
        if slot.index == BlockPlace.spillIndex {
            return (try? object.spill()) == nil ? .spill : .copy
        }
        return (try? object.tree.block(level: slot.level, index: slot.index)) == nil ? .hole : .copy
    }

    /// Whether the space that the pointer names can be given back.
    private static func hasSoundPointer(_ problem: Problem) -> Bool {
        switch problem.kind {
        case .blockUnreadable, .blockChecksum, .decompressFailed: true
        default: false
        }
    }

    /// The bytes of the object that a block, or all blocks below it, stand for.
    private static func range(of slot: TreeSlot, _ object: DMUObject) -> Range<UInt64> {
        let shift = UInt64(object.dnode.pointersPerBlockShift) * UInt64(slot.level)
        guard shift < 40, slot.index < 1 << (62 - shift) else { return 0..<object.byteCount }
        let size = UInt64(object.blockSize)
        let (start, _) = (slot.index << shift).multipliedReportingOverflow(by: size)
        let (length, _) = (UInt64(1) << shift).multipliedReportingOverflow(by: size)
        let (end, overflow) = start.addingReportingOverflow(length)
        let last = max(start, min(overflow ? .max : end, object.byteCount))
        return start..<last
    }

    /// Whether trees are cut off, of which nobody knows what was there.
    var losesTrees: Bool { slots.contains { $0.key.level > 0 && $0.value == .hole } }

    func apply(to set: inout ObjectSetDraft) throws(RepairError) {
        try set.edit(object) { draft throws(RepairError) in
            guard !isTable || slots.keys.allSatisfy({ $0.index == BlockPlace.spillIndex }) else {
                let contents = try ZAPContents(draft, normalization: normalization)
                for slot in abandoned { draft.abandon(slot) }
                try draft.clearBlocks()
                return try contents.write(into: &draft)
            }
            for (slot, treatment) in slots {
                if abandoned.contains(slot) { draft.abandon(slot) }
                switch treatment {
                case .copy where slot.index == BlockPlace.spillIndex:
                    if let spill = try draft.spill() { draft.setSpill(spill.bytes) }
                case .copy: try draft.touch(slot)
                case .hole where slot.level == 0: draft.punch(slot.index)
                case .hole: draft.cut(slot)
                case .spill: draft.removeSpill()
                }
            }
        }
    }
}
