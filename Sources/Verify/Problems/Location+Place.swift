extension Location {
    /// The place of a block in the pool's trees.
    init(_ place: BlockPlace) {
        self.init()
        objectSet = place.objectSet
        object = place.object
        level = Int64(place.level)
        blockID = place.index
    }
}
