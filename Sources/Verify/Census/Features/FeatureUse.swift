import Codecs
import Vdevs

/// Features that the blocks of a dataset use, which the dataset must be marked with.
struct FeatureUse: OptionSet, Sendable, Hashable {
    let rawValue: UInt16
    init(rawValue: UInt16) { self.rawValue = rawValue }

    static let largeBlocks = FeatureUse(rawValue: 1 << 0)
    static let largeDnodes = FeatureUse(rawValue: 1 << 1)
    static let sha512 = FeatureUse(rawValue: 1 << 2)
    static let skein = FeatureUse(rawValue: 1 << 3)
    static let edonr = FeatureUse(rawValue: 1 << 4)
    static let blake3 = FeatureUse(rawValue: 1 << 5)
    static let zstd = FeatureUse(rawValue: 1 << 6)
    static let encryption = FeatureUse(rawValue: 1 << 7)
    static let countedObjects = FeatureUse(rawValue: 1 << 8)
    static let countedProjects = FeatureUse(rawValue: 1 << 9)

    /// The short names of the features.
    static let names: [(use: FeatureUse, feature: String)] = [
        (.largeBlocks, "large_blocks"), (.largeDnodes, "large_dnode"), (.sha512, "sha512"),
        (.skein, "skein"), (.edonr, "edonr"), (.blake3, "blake3"), (.zstd, "zstd_compress"),
        (.encryption, "encryption"), (.countedObjects, "userobj_accounting"),
        (.countedProjects, "project_quota"),
    ]

    /// What one block uses; `SPA_OLD_MAXBLOCKSIZE` is 128 KiB.
    init(_ pointer: BlockPointer) {
        var use: FeatureUse = []
        if pointer.logicalSize > 1 << 17 { use.insert(.largeBlocks) }
        if pointer.compression == .zstd { use.insert(.zstd) }
        if !pointer.isEmbedded {
            switch pointer.checksumAlgorithm {
            case .sha512: use.insert(.sha512)
            case .skein: use.insert(.skein)
            case .edonr: use.insert(.edonr)
            case .blake3: use.insert(.blake3)
            default: break
            }
        }
        self = use
    }
}
