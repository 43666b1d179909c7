extension ProblemKind {
    /// The same space is marked free twice; the kernel panics with "removing nonexistent segment from
    /// range tree" or "adding existent segment to range tree" when it loads the metaslab.
    package static let spacemapDoubleFree = ProblemKind(
        "spacemap.double-free", .error, .rebuild, cure: "spacemaps", "SM3",
        title: "A space map frees space that is already free")
    /// The same space is marked allocated twice.
    package static let spacemapDoubleAllocation = ProblemKind(
        "spacemap.double-alloc", .error, .rebuild, cure: "spacemaps", "SM3",
        title: "A space map allocates space that is already allocated")
    package static let spacemapOutOfBounds = ProblemKind(
        "spacemap.out-of-bounds", .error, .rebuild, cure: "spacemaps", "SM2",
        title: "A space map entry reaches outside its metaslab")
    package static let spacemapForeignVdev = ProblemKind(
        "spacemap.foreign-vdev", .error, .rebuild, cure: "spacemaps", "SM2",
        title: "A space map entry names another vdev than the map's own")
    package static let spacemapBadEntry = ProblemKind(
        "spacemap.bad-entry", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map holds an entry that can't be")
    package static let spacemapUnreadable = ProblemKind(
        "spacemap.unreadable", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map can't be read")
    package static let spacemapAllocated = ProblemKind(
        "spacemap.alloc-total", .error, .rebuild, cure: "spacemaps", "SM4",
        title: "A space map's total of allocated space is not the sum of its entries")
    package static let spacemapLength = ProblemKind(
        "spacemap.length", .error, .rebuild, cure: "spacemaps", "SM1",
        title: "A space map's length does not fit its object")
    package static let spacemapHistogram = ProblemKind(
        "spacemap.histogram", .warning, .rebuild, cure: "spacemaps", "SM5",
        title: "A space map's histogram is not that of its free space")
    package static let spacemapTxg = ProblemKind(
        "spacemap.txg", .warning, .rebuild, cure: "spacemaps", "SM6",
        title: "A space map has entries of a transaction group that can't be")
    /// Allocated in the map, and nothing in the pool refers to it: the space is lost, no data is.
    package static let spacemapLeak = ProblemKind(
        "spacemap.leak", .warning, .rebuild, cure: "spacemaps", "SM7",
        title: "Space is marked allocated, but nothing owns it")
    /// In use, and free in the map: the next write there destroys it.
    package static let spacemapUnprotected = ProblemKind(
        "spacemap.unprotected", .error, .rebuild, cure: "spacemaps", "SM7",
        title: "Space is in use, but marked free: the next write may destroy what is there")
    package static let metaslabArray = ProblemKind(
        "metaslab.array", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "The list of a vdev's metaslabs can't be followed")
    package static let metaslabSharedMap = ProblemKind(
        "metaslab.shared-map", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "Two metaslabs name the same space map")
    package static let metaslabWrongObject = ProblemKind(
        "metaslab.wrong-object", .error, .rebuild, cure: "spacemaps", "SM8",
        title: "A metaslab names an object that is no space map")
    package static let blockClaimedTwice = ProblemKind(
        "block.claimed-twice", .error, .discard, cure: "blocks", "BP5",
        title: "Two blocks that don't share it claim the same space")
    package static let pointerOutOfBounds = ProblemKind(
        "blkptr.out-of-bounds", .error, .discard, cure: "blocks", "BP1", "BP2",
        title: "A block pointer reaches outside its vdev")
    package static let pointerNoVdev = ProblemKind(
        "blkptr.no-vdev", .error, .discard, cure: "blocks", "BP1", "CF7",
        title: "A block pointer names a vdev that does not exist")
    package static let pointerMisaligned = ProblemKind(
        "blkptr.misaligned", .error, .discard, cure: "blocks", "BP3",
        title: "A block pointer's address is no whole number of its vdev's sectors")
    package static let pointerCrossesMetaslab = ProblemKind(
        "blkptr.crosses-metaslab", .error, .discard, cure: "blocks", "BP3",
        title: "A block reaches from one metaslab into the next")
    package static let pointerFuture = ProblemKind(
        "blkptr.future-birth", .error, .none, "BP4",
        title: "A block was born after the pool's newest transaction group")
    package static let pointerAllocatedSize = ProblemKind(
        "blkptr.allocated-size", .error, .discard, cure: "blocks", "BP2",
        title: "A block takes another amount of space than its size needs on its vdev")
    package static let pointerInvalid = ProblemKind(
        "blkptr.invalid", .error, .discard, cure: "blocks", "BP1", "BP8",
        title: "A block pointer says something that no block pointer can say")
    package static let gangUnreadable = ProblemKind(
        "gang.unreadable", .error, .discard, cure: "blocks", "GA1",
        title: "A gang block's tree of headers can't be read")
    package static let indirectOutOfBounds = ProblemKind(
        "indirect.out-of-bounds", .error, .none, "IN2",
        title: "A removed vdev's mapping leads to space that does not exist")
    /// The kernel has no place for the block and dereferences nothing when it is read.
    package static let indirectGap = ProblemKind(
        "indirect.gap", .error, .discard, cure: "blocks", "IN3",
        title: "A block lies on a removed vdev where no mapping says what became of it")
    package static let logNoTxg = ProblemKind(
        "logspacemap.bad-name", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "An entry in the list of log space maps names no transaction group")
    package static let logDuplicate = ProblemKind(
        "logspacemap.duplicate-txg", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "Two log space maps claim the same transaction group")
    package static let logUnreadable = ProblemKind(
        "logspacemap.unreadable", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A log space map can't be read")
    package static let logMissing = ProblemKind(
        "logspacemap.missing", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A metaslab's changes stand in a log space map that does not exist")
    package static let logFuture = ProblemKind(
        "logspacemap.future-txg", .error, .rebuild, cure: "spacemaps", "LS1",
        title: "A log space map is of a transaction group after the pool's newest")
    package static let logBadEntry = ProblemKind(
        "logspacemap.bad-entry", .error, .rebuild, cure: "spacemaps", "LS2",
        title: "A log space map has an entry that belongs to no metaslab")
    package static let logEntryTxg = ProblemKind(
        "logspacemap.entry-txg", .warning, .rebuild, cure: "spacemaps", "LS2",
        title: "A log space map has entries of another transaction group than its own")
    package static let unflushedTxg = ProblemKind(
        "metaslab.unflushed-txg", .error, .rebuild, cure: "spacemaps", "LS3",
        title: "A metaslab says its changes are unflushed since a group that can't be")
    package static let checkpointMap = ProblemKind(
        "checkpoint.spacemap", .error, .discard, cure: "stuck", "CK1",
        title: "The space map of what the checkpoint keeps can't be right")
    package static let obsoleteMap = ProblemKind(
        "indirect.obsolete-map", .warning, .rebuild, cure: "spacemaps", "OB1",
        title: "The space map of a removed vdev's obsolete space can't be right")
    package static let dirtyTimeLog = ProblemKind(
        "vdev.dtl", .warning, .rebuild, cure: "spacemaps", "SM1",
        title: "A device's list of the transaction groups that it missed can't be right")
    package static let listUnreadable = ProblemKind(
        "bpobj.unreadable", .error, .discard, cure: "side-objects", "BO1",
        title: "A list of blocks that wait to be freed can't be read")
    package static let blockUnreadable = ProblemKind(
        "block.unreadable", .error, .discard, cure: "blocks", "BP9",
        title: "A block can't be read from any copy")
    package static let blockChecksum = ProblemKind(
        "block.checksum", .error, .discard, cure: "blocks", "BP9",
        title: "No copy of a block matches its checksum")

    /// The kinds that `verify-spacemaps` can report, sorted by code.
    package static let space: [ProblemKind] = [
        .spacemapDoubleFree, .spacemapDoubleAllocation, .spacemapOutOfBounds,
        .spacemapForeignVdev, .spacemapBadEntry, .spacemapUnreadable, .spacemapAllocated,
        .spacemapLength, .spacemapHistogram, .spacemapTxg, .spacemapLeak, .spacemapUnprotected,
        .metaslabArray, .metaslabSharedMap, .metaslabWrongObject, .unflushedTxg,
        .blockClaimedTwice, .pointerOutOfBounds, .pointerNoVdev, .pointerMisaligned,
        .pointerCrossesMetaslab, .pointerFuture, .pointerAllocatedSize, .pointerInvalid,
        .gangUnreadable, .indirectOutOfBounds, .indirectGap, .logNoTxg, .logDuplicate,
        .logUnreadable, .logMissing, .logFuture, .logBadEntry, .logEntryTxg, .checkpointMap,
        .obsoleteMap, .dirtyTimeLog, .listUnreadable, .blockUnreadable, .blockChecksum,
    ].sorted { $0.code < $1.code }
}
