extension ProblemKind {
    /// Every kind, sorted by code.
    package static let catalogue: [ProblemKind] = {
        var kinds = Set(space + cacheFiles + [.uberblockNone, .objectDamaged])
        for pass in CheckPass.all {
            for check in pass.checks { kinds.formUnion(type(of: check).kinds) }
        }
        return kinds.sorted { $0.code < $1.code }
    }()

    /// The kind of that code.
    package static func named(_ code: String) -> ProblemKind? {
        catalogue.first { $0.code == code }
    }

    /// Whether all it says is that a block is not there or not what it should be.
    var isLossOfBlock: Bool { Self.lossesOfBlocks.contains(self) }

    private static let lossesOfBlocks: Set<ProblemKind> = [
        .blockUnreadable, .blockChecksum, .decompressFailed, .gangUnreadable,
        .spacemapUnreadable, .logUnreadable,
        .listUnreadable, .metaslabArray, .metaslabWrongObject,
    ]

    /// The kinds that `verify-spacemaps` can report, sorted by code.
    package static let space: [ProblemKind] = [
        .spacemapDoubleFree, .spacemapDoubleAllocation, .spacemapOutOfBounds,
        .spacemapForeignVdev, .spacemapBadEntry, .spacemapUnreadable, .spacemapAllocated,
        .spacemapLength, .spacemapHistogram, .spacemapTxg, .spacemapLeak, .spacemapUnprotected,
        .metaslabArray, .metaslabSharedMap, .metaslabWrongObject, .metaslabPastLast, .unflushedTxg,
        .blockClaimedTwice, .waitingBlockInUse, .pointerOutOfBounds, .pointerNoVdev,
        .pointerMisaligned,
        .pointerCrossesMetaslab, .pointerFuture, .pointerAllocatedSize, .pointerInvalid,
        .gangUnreadable, .indirectOutOfBounds, .indirectGap, .logNoTxg, .logDuplicate,
        .logUnreadable, .logMissing, .logUnneeded, .logFuture, .logBadEntry, .logEntryTxg,
        .checkpointMap,
        .obsoleteMap, .dirtyTimeLog, .listUnreadable, .blockUnreadable, .blockChecksum,
        .decompressFailed, .gangSize, .gangMember, .dnodeInvalid,
    ].sorted { $0.code < $1.code }
}
