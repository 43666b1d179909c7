package import Bytes
import Objects

/// One ZAP of a dedup table: the entries of one class.
package struct DedupStore: Sendable {
    /// Its name in the table's directory: `DDT-sha256-zap-unique`.
    package let name: String
    package let storageClass: DedupClass
    package let object: UInt64
    /// How many entries it says it has.
    package let entryCount: UInt64
    /// What the ZAP takes on disk, in bytes.
    package let diskBytes: UInt64
    /// What it takes in memory, in bytes.
    package let memoryBytes: UInt64
    /// As `DDT-statistics` keeps it; nil where that can't be read.
    package let histogram: DedupHistogram?

    package var record: Record {
        var record = Record([
            "name": .text(name), "class": .text("\(storageClass)"), "object": .number(object),
            "entries": .number(entryCount), "disk_bytes": .bytes(diskBytes),
            "memory_bytes": .bytes(memoryBytes),
        ])
        record.add("histogram", histogram.map { .list($0.records.map { .record($0) }) })
        return record
    }
}
