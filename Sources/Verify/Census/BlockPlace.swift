/// Where in the pool's trees a block stands: the four numbers that ZFS calls a bookmark.
///
/// Mirrors `zbookmark_phys_t` (`include/sys/zio.h`).
package struct BlockPlace: Sendable, Hashable {
    /// The number of the dataset's object in the MOS; 0 is the MOS itself.
    package let objectSet: UInt64
    package let object: UInt64
    /// 0 for data; a negative number for what hangs on no level, as in ZFS.
    package let level: Int8
    /// The index of the block in its level.
    package let index: UInt64

    /// Why the block takes space.
    package let origin: Origin

    package init(
        objectSet: UInt64, object: UInt64, level: Int8, index: UInt64, origin: Origin = .tree
    ) {
        self.objectSet = objectSet
        self.object = object
        self.level = level
        self.index = index
        self.origin = origin
    }

    /// The same place in another object set.
    package func inside(_ objectSet: UInt64) -> BlockPlace {
        BlockPlace(
            objectSet: objectSet, object: object, level: level, index: index, origin: origin)
    }

    /// The ways in which a block can come to own space.
    package enum Origin: UInt8, Sendable, Hashable {
        /// The MOS or a dataset leads to it.
        case tree
        /// It belongs to a destroyed dataset and waits to be freed (`bptree_obj`).
        case destroyedTree
        /// It is part of an intent log, or a log record leads to it.
        case intentLog
        /// It was freed while a group was being written, and is freed in the next (`sync_bplist`).
        case deferredFree
        /// It belongs to a destroyed snapshot and waits to be freed (`free_bpobj`).
        case freeList
        /// It belongs to a destroyed clone and waits to be freed (`deleted_clones`).
        case destroyedClone
        /// Nothing refers to it any more, and its dedup log has yet to be flushed.
        case dedupLog
        /// Only the checkpoint refers to it.
        case checkpoint
        /// A vdev that is being removed has been copied there so far.
        case removal
    }

    /// `ZB_ROOT_LEVEL`: the block that an object set begins with.
    package static let rootLevel: Int8 = -1
    /// `ZB_ZIL_LEVEL`: a block of an intent log.
    package static let intentLogLevel: Int8 = -2
    /// `DMU_SPILL_BLKID` stands for the spill block of a dnode.
    package static let spillIndex = UInt64.max - 1
}
