package import Bytes
package import Objects

/// One of the equal parts that a top-level vdev's space is allocated in, with what its books say.
///
/// Mirrors `metaslab_t` (`include/sys/metaslab_impl.h`) as `metaslab_init` fills it, and the log space maps folded
/// in as `spa_ld_log_sm_data` (`module/zfs/spa_log_spacemap.c`) does.
package struct Metaslab: Sendable {
    package let vdev: UInt32
    /// Its number within the vdev.
    package let index: UInt64
    /// The first byte and how many there are; on a dRAID both are whole rows.
    package let start: UInt64
    package let size: UInt64
    /// The object of its space map; 0 where nothing was ever allocated.
    package let spaceMap: UInt64
    /// Nil where there is no space map or its header can't be read.
    package let header: SpaceMapHeader?
    /// Binary logarithm of the unit in which the space map counts: the vdev's ashift.
    package let shift: UInt8
    /// Log space maps from this txg on hold changes that the space map lacks; 0 where there are none.
    package let unflushedTxg: TransactionGroup
    /// Bytes that those logs allocate less the bytes that they free.
    package var unflushed: Int64 = 0

    /// Bytes in use, logs folded in; nil where the header can't be read.
    package var allocated: Int64? {
        guard spaceMap != 0 else { return unflushed }
        guard let header else { return nil }
        let (sum, overflow) = header.allocated.addingReportingOverflow(unflushed)
        return overflow ? nil : sum
    }

    /// Bytes not in use by the space map alone, as zdb prints them.
    package var freeBySpaceMap: Int64? {
        let flushed = spaceMap == 0 ? 0 : header?.allocated
        guard let flushed, let size = Int64(exactly: size) else { return nil }
        let (free, overflow) = size.subtractingReportingOverflow(flushed)
        return overflow ? nil : free
    }

    /// Bytes not in use, logs folded in.
    package var free: Int64? {
        guard let allocated, let size = Int64(exactly: size) else { return nil }
        let (free, overflow) = size.subtractingReportingOverflow(allocated)
        return overflow ? nil : free
    }

    /// In percent; nil where the space map keeps no histogram.
    package var fragmentation: UInt64? {
        guard spaceMap != 0 else { return 0 }
        return header?.histogram.map { Fragmentation.percent(histogram: $0, shift: shift) }
    }
}

extension Metaslab {
    package var record: Record {
        var record = Record([
            "vdev": .number(UInt64(vdev)),
            "metaslab": .number(index),
            "offset": .offset(start),
            "size": .bytes(size),
            "spacemap": .number(spaceMap),
        ])
        record.add("free", free.map { .signedBytes($0) })
        record.add("allocated", allocated.map { .signedBytes($0) })
        record.add("unflushed_txg", .txg(unflushedTxg))
        if unflushed != 0 { record.add("unflushed", .signed(unflushed)) }
        record.add("map_length", header.map { .bytes($0.length) })
        record.add("map_allocated", header.map { .signedBytes($0.allocated) })
        record.add("fragmentation", fragmentation.map { .number($0) })
        record.add("histogram", header?.histogram.map { .record(histogramRecord($0)) })
        return record
    }

    /// The buckets that count anything, each by the binary logarithm of its runs' size in bytes.
    private func histogramRecord(_ histogram: [UInt64]) -> Record {
        var record = Record()
        for (bucket, count) in histogram.enumerated() where count > 0 {
            record.add("\(bucket + Int(shift))", .number(count))
        }
        return record
    }
}

extension Record.Value {
    /// An amount of space that damage can make negative.
    static func signedBytes(_ value: Int64) -> Record.Value {
        value < 0 ? .signed(value) : .bytes(UInt64(value))
    }
}
