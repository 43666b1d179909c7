package import Bytes

extension L2ARCHeader {
    package var record: Record {
        Record([
            "checksum": .record(checksum.record), "byte_order": .text("\(order)"),
            "version": .number(version), "pool_guid": .guid(poolGUID),
            "vdev_guid": .guid(vdevGUID), "log_entries": .number(logEntries),
            "start": .offset(start), "end": .offset(end), "evict": .offset(evict),
            "evicts_first": .flag(flags & 1 != 0), "log_block_count": .number(logBlockCount),
            "log_block_size": .bytes(logBlockSize),
            "log_pointers": .list(logPointers.filter { !$0.isEmpty }.map { .record($0.record) }),
            "trim_time": trimTime == 0 ? .none : .time(trimTime),
            "trim_state": .text(trimStateName),
        ])
    }

    /// `vdev_trim_state_t` (`include/sys/fs/zfs.h`).
    private var trimStateName: String {
        let names = ["none", "active", "canceled", "suspended", "complete"]
        return trimState < UInt64(names.count) ? names[Int(trimState)] : "state \(trimState)"
    }
}
