import Datasets
import Objects

extension DedupTable {
    /// About what the table's logs take in memory while they are looked up, in bytes.
    ///
    /// The kernel holds them whole, too, and flushes them before they grow past a hundredth of its memory
    /// (`zfs_dedup_log_mem_max_percent`, `module/zfs/ddt_log.c`); a length that a damaged header makes up is the
    /// exception to be kept out.
    var logMemory: UInt64 {
        logs.reduce(into: UInt64(0)) { sum, log in
            sum.addClamped(min(log.header.length, log.object.byteCount))
        }.timesClamped(Self.memoryPerByte)
    }

    /// A record of 128 bytes or more becomes an entry with a list of its forms in a dictionary.
    private static let memoryPerByte: UInt64 = 4
}
