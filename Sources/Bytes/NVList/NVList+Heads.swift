extension NVList {
    /// The list as version 0, with names that are unique where it says nothing that is known, and the same for all lists in it.
    ///
    /// ZFS writes all of its lists so (`fnvlist_alloc`, `nvpair.c`), and finds no pair in one whose names need not be unique.
    package var withSoundHeads: NVList {
        var list = self
        list.version = 0
        if !Self.isKnown(flags: flags) { list.flags = Self.uniqueName }
        for index in list.pairs.indices {
            switch list.pairs[index].value {
            case .list(let inner): list.pairs[index].value = .list(inner.withSoundHeads)
            case .listArray(let inner):
                list.pairs[index].value = .listArray(inner.map(\.withSoundHeads))
            default: break
            }
        }
        return list
    }
}
