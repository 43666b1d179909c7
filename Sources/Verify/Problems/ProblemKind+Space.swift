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
        .metaslabArray, .metaslabSharedMap, .metaslabWrongObject, .blockClaimedTwice,
        .pointerOutOfBounds, .pointerNoVdev, .pointerMisaligned, .pointerCrossesMetaslab,
        .pointerFuture, .blockUnreadable, .blockChecksum,
    ].sorted { $0.code < $1.code }
}
