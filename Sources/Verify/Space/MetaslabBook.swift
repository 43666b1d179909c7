import Bytes
import Datasets
import Objects

/// What is written down about one metaslab, ready to be played back: its place, its map, its changes in logs.
struct MetaslabBook: Sendable {
    /// The position of its vdev in `SpaceClaims.vdevs`.
    let position: Int
    let geometry: VdevGeometry
    /// The metaslab's number on its vdev.
    let index: Int
    /// The space that it hands out, in bytes.
    let bounds: Range<UInt64>
    /// The object of its space map; 0 where nothing was ever allocated.
    let mapObject: UInt64
    /// Log space maps of this group and later ones hold changes that the map lacks.
    let unflushedTxg: TransactionGroup
    /// Why its map can't be relied on, such as that another metaslab names it too; nil for a sound one.
    var obstacle: String?
    /// Fragmentation in percent as the map's histogram has it.
    let fragmentation: UInt64?

    init(_ metaslab: Metaslab, position: Int, geometry: VdevGeometry) {
        self.position = position
        self.geometry = geometry
        index = Int(truncatingIfNeeded: metaslab.index)
        bounds = metaslab.start..<metaslab.start &+ metaslab.size
        mapObject = metaslab.spaceMap
        unflushedTxg = metaslab.unflushedTxg
        fragmentation = metaslab.fragmentation
    }

    /// Where problems of the metaslab as a whole are.
    var location: Location {
        var location = Location()
        location.vdev = UInt64(geometry.vdev)
        location.metaslab = UInt64(truncatingIfNeeded: index)
        if mapObject != 0 { location.object = mapObject }
        return location
    }
}
