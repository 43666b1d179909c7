import Datasets
import Objects

extension DedupTable {
    /// About what the table's logs take in memory while their entries are looked up or checked, in bytes.
    ///
    /// The kernel holds them whole, too, and flushes them before they grow past a hundredth of its memory
    /// (`zfs_dedup_log_mem_max_percent`, `module/zfs/ddt_log.c`); a length that a damaged header makes up is the
    /// exception to be kept out.
    var logMemory: UInt64 {
        logs.reduce(into: UInt64(0)) { sum, log in
            sum.addClamped(min(log.header.length, log.object.byteCount))
        }.timesClamped(Self.memoryPerByte)
    }

    /// Of a record of 120 bytes some 200 are kept for its form and its addresses, up to 280 in a dictionary by its key, and
    /// 240 for what is looked up beside them: the stores that have the key, and the order of the keys.
    private static let memoryPerByte: UInt64 = 6
}
