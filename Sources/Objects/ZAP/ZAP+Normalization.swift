package import Vdevs

extension ZAP {
    /// Whether names in a ZAP of that type may be normalized: those of files, and those of snapshots and bookmarks,
    /// which upper and lower case do not tell apart (`zap_create_norm`, `module/zfs/dsl_dataset.c`, `dsl_bookmark.c`).
    package static func normalizes(_ type: ObjectType) -> Bool {
        type == .directory || type == .dslSnapshotMap || type.isSelfDescribing || !type.isKnown
    }
}
