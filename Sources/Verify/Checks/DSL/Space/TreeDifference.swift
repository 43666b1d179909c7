import Blocks
import Bytes
import Objects
import Vdevs

/// The blocks that an older tree of a dataset has and a newer one has not: what the newer one's deadlist must hold.
///
/// Both trees are gone down together, and whatever they share is left out with all below it, so that the work grows with
/// what changed, not with what is there. A block is the same where birth and place are, or birth and checksum: the kernel
/// gives blocks of removed vdevs other places. Two pointers to the same block are alike in every bit, since the newer tree
/// has a copy of the older one's.
struct TreeDifference {
    private let source: any BlockSource
    /// The object of the newer dataset in the MOS, for places.
    private let objectSet: UInt64
    /// Whether the first pointer's block was on a removed vdev and the second has its new address and birth.
    private let isMoved: (BlockPointer, BlockPointer) -> Bool
    private let isCancelled: () -> Bool
    private let visit: (BlockPointer) -> Void
    /// Pointers of both trees to the same block that are not alike, as many as anybody reads of.
    private(set) var differences: [PointerDifference] = []
    /// How many there are in all.
    private(set) var differenceCount = 0
    private static let mostDifferences = 1000
    /// Blocks of pointers of the older tree that were entered; meeting one twice is a circle.
    private var entered = RecentNumbers(memory: 1 << 26)

    /// The user does not want to wait any longer.
    struct Cancelled: Error {}

    /// `visit` is called for each block of the older tree that the newer one lacks.
    init(
        source: any BlockSource, objectSet: UInt64,
        isMoved: @escaping (BlockPointer, BlockPointer) -> Bool,
        isCancelled: @escaping () -> Bool, _ visit: @escaping (BlockPointer) -> Void
    ) {
        self.source = source
        self.objectSet = objectSet
        self.isMoved = isMoved
        self.isCancelled = isCancelled
        self.visit = visit
    }

    /// Compares two trees by the pointers to their object sets; throws where one can't be read.
    mutating func run(older: BlockPointer, newer: BlockPointer) throws {
        guard !older.isHole else { return }
        guard !Self.isSame(older, newer) else {
            hold(older, newer, Branch(object: 0, older: nil, newer: nil), BlockPlace.rootLevel, 0)
            return
        }
        visit(older)
        let old = try header(older)
        let new = newer.isHole ? nil : try header(newer)
        try compare(old.metaDnode, new?.metaDnode, object: 0)
        for (number, one, other) in [
            (ObjectSet.userUsedObject, old.userUsed, new?.userUsed),
            (ObjectSet.groupUsedObject, old.groupUsed, new?.groupUsed),
            (ObjectSet.projectUsedObject, old.projectUsed, new?.projectUsed),
        ] {
            if let one { try compare(one, other, object: number) }
        }
    }

    private func header(_ pointer: BlockPointer) throws -> ObjectSetHeader {
        let bytes = try source.read(pointer).bytes
        return try ObjectSetHeader(bytes.rawBytes, pointer.order)
    }

    /// One object, as both trees have it.
    private struct Branch {
        let object: UInt64
        let older: Dnode?
        let newer: IndirectTree?
    }

    private mutating func compare(_ old: Dnode, _ new: Dnode?, object: UInt64) throws {
        guard old.isAllocated else { return }
        let new = new.flatMap {
            $0.isAllocated && $0.indirectBlockShift == old.indirectBlockShift ? $0 : nil
        }
        let tree = new.map {
            IndirectTree(dnode: $0, object: nil, source: source, cache: BlockCache())
        }
        let branch = Branch(object: object, older: old, newer: tree)
        let top = old.levels - 1
        for index in 0..<Int(old.pointerCount) {
            let other = try counterpart(in: tree, level: top, index: UInt64(index))
            try compare(old.pointer(index), other, level: top, index: UInt64(index), branch)
        }
        if let spill = old.spillPointer {
            try compare(
                spill, new?.spillPointer ?? .hole, level: 0, index: BlockPlace.spillIndex,
                Branch(object: object, older: old, newer: nil))
        }
    }

    /// The newer tree's pointer of that place; a hole where it has none or is not that high.
    private func counterpart(
        in tree: IndirectTree?, level: UInt8, index: UInt64
    ) throws -> BlockPointer {
        guard let tree, level < tree.dnode.levels else { return .hole }
        if level == tree.dnode.levels - 1 {
            return Int(exactly: index).map { tree.dnode.pointer($0) } ?? .hole
        }
        return try tree.pointer(level: level, index: index)
    }

    private mutating func compare(
        _ old: BlockPointer, _ new: BlockPointer, level: UInt8, index: UInt64, _ branch: Branch
    ) throws {
        guard !old.isHole else { return }
        guard !Self.isSame(old, new) else {
            hold(old, new, branch, Int8(clamping: level), index)
            return
        }
        guard !old.isRedacted else { return }
        visit(old)
        let isDnodes = level == 0 && old.type == .dnode
        guard level > 0 || isDnodes else { return }
        if isCancelled() { throw Cancelled() }
        guard entered.insert(IndirectTree.fingerprint(old)), old.level == level
        else { throw ObjectError(object: nil, .limit("the tree leads to itself")) }
        let oldBytes = try source.read(old).bytes
        let isBranch = !new.isHole && !new.isRedacted && new.level == level
        let newBytes = isBranch ? try source.read(new).bytes : []
        let unit = isDnodes ? Dnode.slotSize : BlockPointer.byteCount
        let count = oldBytes.count / unit
        let (first, overflow) = index.multipliedReportingOverflow(by: UInt64(count))
        guard !overflow, first <= .max - UInt64(count) else { return }
        if isDnodes {
            try compareDnodes(oldBytes, old.order, newBytes, new.order, first: first)
            return
        }
        for slot in 0..<count {
            let place = slot * BlockPointer.byteCount
            let one = try BlockPointer(oldBytes.rawBytes, at: place, old.order)
            var other = BlockPointer.hole
            if place < newBytes.count {
                other = try BlockPointer(newBytes.rawBytes, at: place, new.order)
            } else if let tree = branch.newer, level == tree.dnode.levels {
                // The newer tree is lower: its dnode points to this level itself.
                other = try counterpart(in: tree, level: level - 1, index: first + UInt64(slot))
            }
            try compare(one, other, level: level - 1, index: first + UInt64(slot), branch)
        }
    }

    private mutating func compareDnodes(
        _ old: [UInt8], _ oldOrder: ByteOrder, _ new: [UInt8], _ newOrder: ByteOrder, first: UInt64
    ) throws {
        var others: [Int: Dnode] = [:]
        try Self.forEachDnode(of: new, newOrder) { others[$0] = $1 }
        var pairs: [(UInt64, Dnode, Dnode?)] = []
        try Self.forEachDnode(of: old, oldOrder) {
            // Sound: whoever calls has left room for all slots.
            pairs.append((first + UInt64($0), $1, others[$0]))
        }
        for (number, one, other) in pairs { try compare(one, other, object: number) }
    }

    private static func forEachDnode(
        of block: [UInt8], _ order: ByteOrder, _ body: (Int, Dnode) -> Void
    ) throws {
        var slot = 0
        while slot < block.count / Dnode.slotSize {
            let dnode = try Dnode(block: block, at: slot * Dnode.slotSize, order)
            if dnode.isAllocated { body(slot, dnode) }
            slot += dnode.isAllocated ? Int(dnode.extraSlots) + 1 : 1
        }
    }

    /// Notes two pointers to the same block that are not alike.
    private mutating func hold(
        _ old: BlockPointer, _ new: BlockPointer, _ branch: Branch, _ level: Int8, _ index: UInt64
    ) {
        guard !isAlike(old, new) else { return }
        differenceCount += 1
        guard differences.count < Self.mostDifferences else { return }
        differences.append(
            PointerDifference(
                place: BlockPlace(
                    objectSet: objectSet, object: branch.object, level: level, index: index),
                older: old, newer: new))
    }

    /// Whether the newer pointer is what the kernel makes of the older one: a copy, but that the first address of what lies
    /// on a removed vdev may be where that has gone, with another birth on disk (`spa_remap_blkptr`, `module/zfs/spa.c`).
    private func isAlike(_ old: BlockPointer, _ new: BlockPointer) -> Bool {
        guard old != new else { return true }
        guard !old.isEmbedded, old.dva(0) != new.dva(0) else { return false }
        let isCopy = old.words.indices.allSatisfy { index in
            old.words[index] == new.words[index] || [0, 1, 9].contains(index)
        }
        return isCopy && isMoved(old, new)
    }

    /// Whether two pointers lead to the same block.
    static func isSame(_ one: BlockPointer, _ other: BlockPointer) -> Bool {
        guard !other.isHole, one.isEmbedded == other.isEmbedded else { return false }
        // What an embedded one holds was written in the group of its birth.
        if one.isEmbedded {
            return one.properties == other.properties && one.logicalBirth == other.logicalBirth
        }
        return one.logicalBirth == other.logicalBirth && one.birth == other.birth
            && (one.dva(0) == other.dva(0) || one.checksum == other.checksum)
    }
}
