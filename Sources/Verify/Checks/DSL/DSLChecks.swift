/// Checks of directories, datasets, snapshots, deadlists, livelists, bookmarks (DD, DS, DL, BO, BT, LL, BM, RD).
enum DSLChecks {
    static let all: [any Check] = [
        DirectoryTreeCheck(), SnapshotChainCheck(), SnapshotNameCheck(), CloneListCheck(),
        DatasetFieldCheck(), DSLReserveCheck(), LimitCountCheck(), DeadlistCheck(),
        DeadlistContentCheck(), SharedPointerCheck(),
        ReferencedSpaceCheck(), UsedSpaceCheck(), UniqueSpaceCheck(), LivelistCheck(),
        BookmarkCheck(), DestroyedTreeCheck(), RemapDeadlistCheck(), DeletedCloneCheck(),
        DatasetFeatureCheck(),
    ]
}
