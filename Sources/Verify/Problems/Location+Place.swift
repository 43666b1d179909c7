import Vdevs

extension Location {
    /// The place of a block in the pool's trees.
    init(_ place: BlockPlace) {
        self.init()
        objectSet = place.objectSet
        object = place.object
        level = Int64(place.level)
        blockID = place.index
    }

    /// The place of a block in the pool's trees, and where its first copy lies.
    init(_ place: BlockPlace, _ pointer: BlockPointer) {
        self.init(place)
        if !pointer.isEmbedded {
            let address = pointer.dva(0)
            vdev = UInt64(address.vdev)
            offset = address.offset
            size = address.allocatedSize
        }
        txg = pointer.birth
    }

    init(objectSet: UInt64, object: UInt64) {
        self.init()
        self.objectSet = objectSet
        self.object = object
    }
}

extension BlockPlace {
    /// The place in a tree that a problem is about; nil where it is about no block of one.
    init?(_ location: Location) {
        guard let set = location.objectSet, let object = location.object,
            let level = location.level.flatMap({ Int8(exactly: $0) }), let index = location.blockID
        else { return nil }
        self.init(objectSet: set, object: object, level: level, index: index)
    }
}
