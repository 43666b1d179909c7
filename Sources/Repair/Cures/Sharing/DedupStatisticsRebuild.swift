import Bytes
import Datasets
import Objects
import Vdevs

/// The statistics of all dedup tables, one value for each store, which are to be written anew.
///
/// Without them `ddt_object_load` (`module/zfs/ddt.c`) gives up a table, so an object that can't be read, or is something
/// else, is replaced by a new one.
struct DedupStatisticsRebuild: Sendable {
    let pool: Pool
    /// By the names of the stores.
    let histograms: [String: DedupHistogram]

    func apply(to meta: inout ObjectSetDraft) throws(RepairError) {
        let number = try usableObject(in: &meta)
        let histograms = histograms.sorted { $0.key < $1.key }
        try meta.edit(number) { object throws(RepairError) in
            try object.editZAP(salvaging: true) { zap throws(RepairError) in
                for (name, histogram) in histograms {
                    try zap.set(name, ZAPValue(words: histogram.words))
                }
            }
        }
    }

    private func usableObject(in meta: inout ObjectSetDraft) throws(RepairError) -> UInt64 {
        if let number = pool.directory.object(.dedupStatistics),
            (try? pool.meta.object(number))?.type == .dedupStatistics
        {
            return number
        }
        let new = try meta.addZAP(type: .dedupStatistics)
        try meta.edit(ObjectDirectory.objectNumber) { directory throws(RepairError) in
            try directory.setWord(ObjectDirectory.Key.dedupStatistics.rawValue, new)
        }
        return new
    }
}
