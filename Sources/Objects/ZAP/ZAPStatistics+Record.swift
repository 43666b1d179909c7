package import Bytes

extension ZAPStatistics {
    package var record: Record {
        Record([
            "leaves_with_2n_pointers": .list(leavesByPointers.map { .number($0) }),
            "leaves_with_5n_entries": .list(leavesByEntries.map { .number($0) }),
            "leaves_n_tenths_full": .list(leavesByFullness.map { .number($0) }),
            "entries_with_n_chunks": .list(entriesByChunks.map { .number($0) }),
            "buckets_with_n_entries": .list(bucketsByEntries.map { .number($0) }),
            "leaves": .list(leaves.map { .record($0.record) }),
        ])
    }
}

extension ZAPStatistics.Leaf {
    package var record: Record {
        Record([
            "block": .number(block), "prefix": .word(prefix),
            "prefix_length": .number(UInt64(prefixLength)),
            "entries": .number(UInt64(entryCount)),
            "free_chunks": .number(UInt64(freeCount)),
            "chunks": .number(UInt64(chunkCount)), "flags": .word(UInt64(flags)),
        ])
    }
}
