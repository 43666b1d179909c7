import Bytes
import Datasets
import Objects
import Vdevs

/// Objects of the MOS that belong to the mapping of a vdev that was removed or is being removed.
///
/// Whoever gives them back counts the feature itself, since it also counts what of them can't be found.
enum RemovedVdevObjects {
    /// Counts mappings with counts, maps of what is obsolete, and vdevs whose notes are exact.
    static let countsFeature = "com.delphix:obsolete_counts"

    /// Gives a mapping back with its counts. Mirrors `vdev_indirect_mapping_free`
    /// (`module/zfs/vdev_indirect_mapping.c`).
    static func freeMapping(
        _ number: UInt64, in meta: inout ObjectSetDraft, _ pool: Pool
    ) throws(RepairError) {
        guard let object = try? pool.meta.object(number), object.type == .wordMetadata,
            let header = try? IndirectMappingHeader(object.bonus.rawBytes, object.order)
        else { return }
        if let counts = header.countsObject {
            // A number that leads elsewhere is not followed.
            if let stored = try? pool.meta.object(counts), stored.type == .halfWordMetadata {
                try meta.free(counts, ignoringDamage: true)
            }
        }
        try meta.free(number, ignoringDamage: true)
    }

    /// Gives a space map of what is obsolete back. Mirrors `space_map_free_obj` (`module/zfs/space_map.c`).
    static func freeMap(
        _ number: UInt64, in meta: inout ObjectSetDraft, _ pool: Pool
    ) throws(RepairError) {
        guard let map = try? pool.meta.object(number), map.dnode.bonusType == .spaceMapHeader,
            let header = try? SpaceMapHeader(map.bonus.rawBytes, map.order)
        else { return }
        try NewSpaceMap.countHistogram(-1, of: header, in: &meta, pool)
        try meta.free(number, ignoringDamage: true)
    }
}
