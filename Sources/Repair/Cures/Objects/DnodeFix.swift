import Bytes
import Files
import Objects
import Vdevs
import Verify

/// One thing that is put right about an object's dnode.
enum DnodeFix: Sendable {
    /// `dn_used` is counted anew.
    case recount
    case lastBlock(UInt64)
    case bonusLength(UInt16)
    case bonusType(ObjectType)
    case type(ObjectType)
    /// The flag of a spill block goes.
    case noSpill
    /// Checksum and compression are inherited.
    case inherit
    /// A block is written again, so that the pointers above it count what is below them.
    case touch(TreeSlot)

    var what: String {
        switch self {
        case .recount: "Count the space of"
        case .lastBlock(let index): "Set the last block to \(index) of"
        case .bonusLength(let length): "Set the length of the bonus to \(length) of"
        case .bonusType(let type): "Set the type of the bonus to \(type) of"
        case .type(let type): "Set the type to \(type) of"
        case .noSpill: "Clear the flag of a spill block of"
        case .inherit: "Let the dnode inherit checksum and compression:"
        case .touch: "Count anew what is below the pointers of"
        }
    }

    /// Whether others read something else in the object afterwards.
    var changesContents: Bool {
        switch self {
        case .bonusLength, .bonusType, .type, .noSpill, .lastBlock: true
        default: false
        }
    }

    func apply(to object: inout ObjectDraft) throws(RepairError) {
        typealias Layout = Dnode.Layout
        switch self {
        case .recount: object.recountSpace()
        case .lastBlock(let index): try object.set(Layout.maximumBlockID, index)
        case .bonusLength(let length): try object.set(Layout.bonusLength, length)
        case .bonusType(let type): try object.set(Layout.bonusType, type.rawValue)
        case .type(let type): try object.set(Layout.type, type.rawValue)
        case .noSpill: object.removeSpill()
        case .inherit:
            try object.set(Layout.checksum, 0)
            try object.set(Layout.compression, 0)
        case .touch(let slot): try object.touch(slot)
        }
    }
}

extension DnodeFix {
    /// What is to be done about a problem; nil where nothing can be derived.
    init?(_ problem: Problem, of object: DMUObject, in set: ObjectSet) {
        switch problem.kind {
        case .dnodeUsed: self = .recount
        case .dnodeMaximumBlockID: self = .lastBlock(Self.lastBlock(of: object))
        case .dnodeBonusLength:
            guard let length = Self.bonusLength(of: object, in: set) else { return nil }
            self = .bonusLength(length)
        case .dnodeBonusType:
            guard let type = Self.bonusType(of: object) else { return nil }
            self = .bonusType(type)
        case .dnodeType:
            guard problem.evidence["field"] == .text(Dnode.Layout.type.name),
                let type = Self.type(of: object)
            else { return nil }
            self = .type(type)
        case .dnodeSpill: self = .noSpill
        case .dnodeProperty: self = .inherit
        case .fillMismatch:
            guard let level = problem.location.level, let index = problem.location.blockID,
                index != BlockPlace.spillIndex
            else { return nil }
            // The pointer to the object set's header counts whenever the header is written.
            self = .touch(TreeSlot(level: UInt8(exactly: level) ?? 0, index: level < 0 ? 0 : index))
        case .objectCount: self = .touch(TreeSlot(level: 0, index: 0))
        default: return nil
        }
    }

    private static func lastBlock(of object: DMUObject) -> UInt64 {
        var last: UInt64 = 0
        object.forEachBlockPointer { step in
            if case .pointer(_, level: 0, let index) = step { last = max(last, index) }
        }
        return last
    }

    private static func bonusLength(of object: DMUObject, in set: ObjectSet) -> UInt16? {
        func length(_ fields: [AnyField]) -> Int? { fields.map(\.range.upperBound).max() }
        let needed: Int?
        switch object.dnode.bonusType {
        case .systemAttributes:
            guard let tables = try? SystemAttributes(set),
                let values = try? tables.values(of: object), values.problems.isEmpty
            else { return nil }
            let places = values.names.compactMap { values.place($0) } + values.others.map(\.place)
            let end = places.filter { !$0.isSpilled }.map(\.range.upperBound).max()
            needed = end.map { ($0 + 7) & ~7 }
        case .znode: needed = 264
        case .blockPointerListHeader where object.dnode.bonusLength < 16:
            // As `bpobj_alloc` (`module/zfs/bpobj.c`) makes lists that have lists below them.
            needed = 48
        case .spaceMapHeader: needed = SpaceMapHeader.Layout.byteCount
        default: needed = BonusTable.length(of: object.dnode.bonusType)
        }
        // What was cut off still stands there; of directories and datasets their links have to prove it.
        let isLinked =
            object.dnode.bonusType == .dslDirectory || object.dnode.bonusType == .dslDataset
        let room = isLinked ? object.dnode.bonusRange : object.dnode.bonusRoom
        guard let needed, needed <= room.count else { return nil }
        return UInt16(exactly: needed)
    }

    /// What stands in the bonus proves its type; where there is none it has none.
    private static func bonusType(of object: DMUObject) -> ObjectType? {
        if object.dnode.bonusLength == 0 { return ObjectType.none }
        let isFile = object.type == .plainFile || object.type == .directory
        let bonus = object.bonus
        if isFile { return (try? AttributeHeader(bonus.rawBytes)) == nil ? nil : .systemAttributes }
        return BonusTable.type(in: object.type, length: bonus.count)
    }

    /// The blocks of an object say what type it is of.
    private static func type(of object: DMUObject) -> ObjectType? {
        for slot in 0..<Int(object.dnode.pointerCount) {
            let pointer = object.dnode.pointer(slot)
            if !pointer.isHole, !pointer.isEmbedded, pointer.type.isKnown, pointer.type != .none {
                return pointer.type
            }
        }
        return nil
    }
}
