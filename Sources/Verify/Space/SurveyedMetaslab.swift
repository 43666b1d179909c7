package import Bytes

/// One metaslab as both its books and the block tree see it: what a repair needs to allocate from it or to write its map
/// anew.
package struct SurveyedMetaslab: Sendable {
    package let geometry: VdevGeometry
    /// Its number on the vdev.
    package let index: Int
    /// The space that it hands out, in bytes from the start of the vdev's allocatable space.
    package let bounds: Range<UInt64>
    /// The object of its space map; 0 where nothing was ever allocated.
    package let mapObject: UInt64
    /// Logs of this group and later ones hold changes that its map lacks.
    package let unflushedTxg: TransactionGroup
    /// The units that map and logs leave allocated; nil where they can't be played back.
    package let allocated: UnitBitmap?
    /// The units that the block tree and everything else claims: disjoint, in order, apart.
    package let claimed: [Range<Int>]
    /// Whether the map plays back without a flaw and says the same as the block tree.
    package let isSound: Bool
    /// Its place among the metaslabs of all vdevs.
    let shard: Int

    init(
        _ book: MetaslabBook, shard: Int, allocated: UnitBitmap?, claimed: [Range<Int>],
        isSound: Bool
    ) {
        geometry = book.geometry
        index = book.index
        bounds = book.bounds
        mapObject = book.mapObject
        unflushedTxg = book.unflushedTxg
        self.allocated = allocated
        self.claimed = claimed
        self.isSound = isSound
        self.shard = shard
    }

    package var vdev: UInt32 { geometry.vdev }
}
