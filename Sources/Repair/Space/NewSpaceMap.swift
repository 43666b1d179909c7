import Bytes
import Datasets
import Objects
import Vdevs

/// Makes space map objects as `space_map_alloc` (`module/zfs/space_map.c`) does, and keeps count of them.
enum NewSpaceMap {
    /// Log2 of the size of the indirect blocks of a space map (`space_map_ibs`).
    private static let indirectBlockShift: UInt8 = 14
    private static let feature = "com.delphix:spacemap_histogram"

    /// A new and empty space map; returns its object.
    static func add(
        to meta: inout ObjectSetDraft, blockSize: Int, _ pool: Pool
    ) throws(RepairError) -> UInt64 {
        let isLong = pool.features.isEnabled("spacemap_histogram")
        let size =
            isLong ? SpaceMapHeader.Layout.byteCount : SpaceMapHeader.Layout.shortByteCount
        let number = try meta.add(
            type: .spaceMap, blockSize: blockSize, indirectBlockShift: indirectBlockShift,
            bonusType: .spaceMapHeader, bonus: [UInt8](repeating: 0, count: size))
        if isLong { try meta.countFeature(feature, by: 1, of: pool) }
        return number
    }

    /// Counts a map that comes or goes, if it is one with a histogram.
    static func countHistogram(
        _ change: Int, of header: SpaceMapHeader, in meta: inout ObjectSetDraft, _ pool: Pool
    ) throws(RepairError) {
        guard header.histogram != nil, pool.features.isEnabled("spacemap_histogram") else {
            return
        }
        try meta.countFeature(feature, by: change, of: pool)
    }
}
