import Datasets

extension SharedBlocks {
    /// What the dedup and block reference tables of a pool say, logs included; what can't be read of them goes to the
    /// pool's notes.
    ///
    /// Entries of blocks with one reference and the pointer's own addresses are left out, since nothing is shared there,
    /// unless all are to be counted and fit into `memory` bytes. Where even the shared blocks don't fit, none is known by itself.
    static func read(_ pool: Pool, memory: Int, isCounting: Bool) -> SharedBlocks {
        // Where references are counted, checks of their own report what is wrong with the tables.
        let notes = isCounting ? PoolNotes() : pool.notes
        let tables = SharingTables(pool, notes)
        if isCounting, !tables.dedup.isEmpty, let all = tables.blocks(true, memory) { return all }
        if let shared = tables.blocks(false, memory) { return shared }
        return SharedBlocks(uncounted: ClonedRegions(tables.clones, memory: memory))
    }

    /// About the memory that a check needs in all to know the shared blocks of a pool one by one, in bytes.
    static func memoryNeeded(_ pool: Pool) -> UInt64 {
        SharingTables(pool, PoolNotes()).byteCount.timesClamped(UInt64(shareOfMemory))
    }

    /// Shared blocks may take one part in so many of a check's memory.
    static let shareOfMemory = 8
}
