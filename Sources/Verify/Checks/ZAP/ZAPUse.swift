import Datasets
import Objects
import Vdevs

/// Which flags a fat ZAP must have for what it is used for.
///
/// Dedup tables and block references are found by keys of words (`ddt_zap_create`, `module/zfs/ddt_zap.c`;
/// `brt_vdev_create`, `module/zfs/brt.c`); everything else that ZFS makes has no flags. Other users of the DMU make ZAPs of
/// their own kinds in datasets, with 48 bits of hash for directories.
struct ZAPUse {
    /// Block references, which no type of object tells; nil where not all of them are known.
    private let references: Set<UInt64>?

    init(_ pool: Pool) {
        let notes = PoolNotes()
        let tables = pool.blockReferences(noting: notes).vdevs
        let objects = Set(tables.map(\.header.entries))
        let isWhole = objects.allSatisfy { (try? pool.meta.zap($0)) != nil }
        references = notes.hasDamage || !isWhole ? nil : objects
    }

    /// Types of objects that are only used by file systems and volumes.
    private static let named: Set<ObjectType> = [
        .directory, .masterNode, .deleteQueue, .userGroupUsed, .userGroupQuota, .saMasterNode,
        .saRegistry, .saLayouts, .volumeProperties,
    ]

    /// What the flags lack or have too many; nil where they fit.
    func flaw(of flags: ZAPFlags, _ object: DMUObject, in objectSet: UInt64) -> String? {
        guard let references else { return nil }
        let isSharing =
            objectSet == 0 && (object.type == .dedupTable || references.contains(object.number))
        if isSharing {
            return flags.isSuperset(of: [.hash64, .wordKeys])
                ? nil : "its flags are \(flags.rawValue), but its keys are words"
        }
        if objectSet == 0 {
            // A table of clones that its vdev has lost is led to by nothing.
            let isLeftOver = object.type == .zapMetadata && flags == [.hash64, .wordKeys]
            if isLeftOver { return nil }
            return flags.isEmpty ? nil : "its flags are \(flags.rawValue), but its keys are names"
        }
        return Self.named.contains(object.type) && flags.contains(.wordKeys)
            ? "its flags are \(flags.rawValue), but its keys are names" : nil
    }
}
