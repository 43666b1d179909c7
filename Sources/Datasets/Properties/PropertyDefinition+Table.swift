extension PropertyDefinition {
    /// The settable native properties, in the order of `zfs_prop_t` (`include/sys/fs/zfs.h`).
    ///
    /// Those that are computed (`used`, `creation`) are not here: see `DatasetFacts`.
    package static let all: [PropertyDefinition] =
        inheritedIndexes + inheritedBooleans + others

    private static let inheritedIndexes: [PropertyDefinition] = {
        let data: DatasetKinds = [.filesystem, .volume]
        let files: DatasetKinds = [.filesystem, .snapshot]
        let rows: [(String, PropertyIndex, UInt64, DatasetKinds)] = [
            ("checksum", .checksum, 1, data),
            ("compression", .compression, 1, data),
            ("snapdir", .snapshotDirectory, 0, .filesystem),
            ("aclmode", .aclMode, 0, .filesystem),
            ("aclinherit", .aclInheritance, 4, .filesystem),
            ("xattr", .extendedAttributes, 2, files),
            ("copies", PropertyIndex([:], other: { "\($0)" }), 1, data),
            ("primarycache", .cache, 2, .all),
            ("secondarycache", .cache, 2, .all),
            ("logbias", .logBias, 0, data),
            ("dedup", .dedup, 2, data),
            ("sync", .sync, 0, data),
            ("dnodesize", .dnodeSize, 0, .filesystem),
            ("volmode", .volumeMode, 0, data),
            ("snapdev", .snapshotDevices, 0, data),
            ("acltype", .aclType, 0, files),
            ("redundant_metadata", .redundantMetadata, 0, data),
            ("prefetch", .cache, 2, .all),
            ("direct", .direct, 1, .filesystem),
        ]
        return rows.map { name, index, standard, kinds in
            PropertyDefinition(name, .index(index), .number(standard), .inherited, kinds)
        }
    }()

    private static let inheritedBooleans: [PropertyDefinition] = {
        let files: DatasetKinds = [.filesystem, .snapshot]
        let rows: [(String, UInt64, DatasetKinds)] = [
            ("atime", 1, .filesystem),
            ("devices", 1, files),
            ("exec", 1, files),
            ("setuid", 1, files),
            ("readonly", 0, [.filesystem, .volume]),
            ("zoned", 0, .filesystem),
            ("vscan", 0, .filesystem),
            ("nbmand", 0, files),
            ("relatime", 1, .filesystem),
            ("overlay", 1, .filesystem),
            ("longname", 0, .filesystem),
        ]
        return rows.map { name, standard, kinds in
            PropertyDefinition(name, .index(.boolean), .number(standard), .inherited, kinds)
        }
    }()

    private static let others: [PropertyDefinition] = [
        .init("quota", .number, .number(0), .own, .filesystem),
        .init("reservation", .number, .number(0), .own, [.filesystem, .volume]),
        .init("volsize", .number, .number(0), .own, [.snapshot, .volume]),
        .init("volblocksize", .number, .number(16384), .once, .volume),
        .init("recordsize", .number, .number(131_072), .inherited, .filesystem),
        .init("mountpoint", .text, .text("/"), .inherited, .filesystem),
        .init("sharenfs", .text, .text("off"), .inherited, .filesystem),
        .init("canmount", .index(.canMount), .number(1), .own, .filesystem),
        .init("utf8only", .index(.boolean), .number(0), .once, [.filesystem, .snapshot]),
        .init(
            "normalization", .index(.normalization), .number(0), .once, [.filesystem, .snapshot]),
        .init(
            "casesensitivity", .index(.caseSensitivity), .number(0), .once,
            [.filesystem, .snapshot]),
        .init("sharesmb", .text, .text("off"), .inherited, .filesystem),
        .init("refquota", .number, .number(0), .own, .filesystem),
        .init("refreservation", .number, .number(0), .own, [.filesystem, .volume]),
        .init("mlslabel", .text, .text("none"), .inherited, .all),
        .init("filesystem_limit", .number, .number(.max), .own, .filesystem),
        .init("snapshot_limit", .number, .number(.max), .own, [.filesystem, .volume]),
        .init("context", .text, .text("none"), .own, .all),
        .init("fscontext", .text, .text("none"), .own, .all),
        .init("defcontext", .text, .text("none"), .own, .all),
        .init("rootcontext", .text, .text("none"), .own, .all),
        .init("encryption", .index(.encryption), .number(2), .once, .all),
        .init("keylocation", .text, .text("none"), .own, [.filesystem, .volume]),
        .init("keyformat", .index(.keyFormat), .number(0), .onceOrDefault, [.filesystem, .volume]),
        .init("pbkdf2iters", .number, .number(0), .onceOrDefault, [.filesystem, .volume]),
        .init("special_small_blocks", .number, .number(0), .inherited, [.filesystem, .volume]),
        .init("volthreading", .index(.boolean), .number(1), .own, .volume),
        .init("zoned_uid", .number, .number(0), .inherited, .filesystem),
    ]
}
