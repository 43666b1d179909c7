package import Objects

/// How far the blocks of a destroyed dataset have been freed: the block at which freeing goes on.
///
/// Blocks are freed in the order of their objects and offsets, what lies below a block before the block itself, and freeing
/// only stops at blocks of level 0. Mirrors `resume_skip_check` (`module/zfs/dmu_traverse.c`),
/// `zbookmark_subtree_completed` and `zbookmark_compare` (`module/zfs/zio.c`), whose arithmetic wraps as it does here.
package struct ResumePoint: Sendable, Hashable {
    private let object: UInt64
    private let index: UInt64
    /// Whether the bookmark was written when freeing stopped, so that what lies below its block is gone.
    private let isReached: Bool
    /// What a block of the dnode at hand is long, in sectors of 512 bytes; in the meta dnode as many objects stand in it.
    private var sectors: UInt64 = 0
    /// log2 of the number of pointers in an indirect block of the dnode at hand.
    private var shift: UInt64 = 0

    /// What is left of a block and of what lies below it.
    package enum Remains: Sendable, Hashable {
        case everything
        case blockAlone
        case nothing
    }

    /// Sectors in a block of the meta dnode, whatever the dataset's own has (`DNODE_BLOCK_SHIFT`).
    private static let metaSectors: UInt64 = 32
    /// `ZB_DESTROYED_OBJSET`.
    private static let destroyed = UInt64.max

    /// nil where the bookmark is of a level at which freeing never stops.
    package init?(_ bookmark: BlockBookmark) {
        guard bookmark.level == 0 else { return nil }
        object = bookmark.object
        index = bookmark.index
        isReached = bookmark.objectSet == Self.destroyed
    }

    /// The same for blocks of one dnode.
    package func below(_ dnode: Dnode) -> ResumePoint {
        var point = self
        point.sectors = UInt64(dnode.dataBlockSectors)
        point.shift = UInt64(max(0, dnode.pointersPerBlockShift))
        return point
    }

    /// Whether all of an object is freed, whatever its blocks say.
    package func isPast(object number: UInt64) -> Bool { number != 0 && number < object }

    /// What is left of a block of the dnode at hand; `level` is not negative.
    package func remains(object number: UInt64, level: Int8, index place: UInt64) -> Remains {
        let next = place &+ 1
        if number == object, level == 0, next == index { return .nothing }
        let end = next &* (1 << (UInt64(clamping: level) &* shift))
        let isMeta = number == 0
        let own = isMeta ? (end &* sectors, 0) : (number, end)
        let other = object == 0 ? (index &* Self.metaSectors, 0) : (object, index)
        if own < other || own == other && (isMeta || object != 0) { return .nothing }
        return isReached && number == object && level == 0 && place == index
            ? .blockAlone : .everything
    }
}
