import Bytes

extension DedupTable {
    /// The table's statistics by references: those kept of its stores, and those of the entries in its logs.
    package func histogram(_ deflation: Deflation) -> DedupHistogram {
        var histogram = DedupHistogram()
        for store in stores {
            if let own = store.histogram { histogram.add(own) }
        }
        for logged in logged().values {
            let own = logged.entry.statistics(deflation)
            guard own.referencedBlocks > 0 else { continue }
            let bucket = 63 - own.referencedBlocks.leadingZeroBitCount
            histogram.buckets[bucket].add(own)
        }
        return histogram
    }
}
