import Bytes

extension DedupTable {
    /// The table's statistics by references: those kept of its stores, and those of the entries in its logs.
    package func histogram(_ deflation: Deflation) -> DedupHistogram {
        var histogram = DedupHistogram()
        for store in stores {
            if let own = store.histogram { histogram.add(own) }
        }
        // What is in both logs counts as the one being written has it.
        var logged: [DedupKey: DedupLogRecord] = [:]
        for log in logs.sorted(by: { $0.isFlushing && !$1.isFlushing }) {
            logged.merge(entries(of: log)) { $1 }
        }
        for record in logged.values {
            let own = record.entry.statistics(deflation)
            guard own.referencedBlocks > 0 else { continue }
            let bucket = 63 - own.referencedBlocks.leadingZeroBitCount
            histogram.buckets[bucket].add(own)
        }
        return histogram
    }
}
