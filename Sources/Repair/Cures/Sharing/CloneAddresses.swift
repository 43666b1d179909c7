import Datasets
import Verify

/// The places of blocks that the tables of a pool know.
enum CloneAddresses {
    /// Those that block reference tables have.
    static func all(of pool: Pool) -> Set<SharedBlocks.Key> {
        var keys: Set<SharedBlocks.Key> = []
        for table in pool.blockReferences(noting: PoolNotes()).vdevs {
            try? table.forEachReference {
                keys.insert(SharedBlocks.Key(vdev: table.vdev, offset: $0.offset))
            }
        }
        return keys
    }

    /// Those that dedup tables have.
    static func deduplicated(of pool: Pool) -> Set<SharedBlocks.Key> {
        var keys: Set<SharedBlocks.Key> = []
        for table in pool.dedupTables(noting: PoolNotes()) {
            for store in table.stores {
                try? table.forEachEntry(of: store) { entry in
                    for variant in entry.variants { keys.insert(SharedBlocks.Key(variant.dvas[0])) }
                }
            }
            for log in table.logs {
                for record in table.entries(of: log).values {
                    for variant in record.entry.variants {
                        keys.insert(SharedBlocks.Key(variant.dvas[0]))
                    }
                }
            }
        }
        return keys
    }
}
