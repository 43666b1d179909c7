import Bytes
import Verify

/// The metaslabs of one vdev added up.
struct VdevSummary {
    let record: Record

    init(_ metaslabs: [MetaslabOutcome]) {
        var byMap: UInt64 = 0
        var size: UInt64 = 0
        var byCensus: UInt64 = 0
        var weight = 0.0
        var free = 0.0
        for metaslab in metaslabs {
            // Sound: sums over the metaslabs of one vdev of less than 2^63 bytes.
            size &+= metaslab.size
            byMap &+= metaslab.allocatedByMap ?? 0
            byCensus &+= metaslab.allocatedByCensus
            if let fragmentation = metaslab.fragmentation {
                let own = Double(metaslab.size - min(metaslab.size, metaslab.allocatedByMap ?? 0))
                free += own
                weight += own * Double(fragmentation)
            }
        }
        let uncompared = metaslabs.count { $0.obstacle != nil }
        var record = Record([
            "vdev": .number(metaslabs.first.map { UInt64($0.vdev) } ?? 0),
            "metaslabs": .number(UInt64(metaslabs.count)),
            "size": .bytes(size),
            "allocated_by_map": .bytes(byMap),
            "allocated_by_census": .bytes(byCensus),
            "difference": .signed(Int64(bitPattern: byMap &- byCensus)),
            "leaked": .bytes(metaslabs.reduce(0) { $0 &+ $1.leaked }),
            "unprotected": .bytes(metaslabs.reduce(0) { $0 &+ $1.unprotected }),
        ])
        if free > 0 { record.add("fragmentation", .number(UInt64(weight / free))) }
        if uncompared > 0 { record.add("not_compared", .number(UInt64(uncompared))) }
        self.record = record
    }

    static let columns = [
        Column("vdev"), Column("metaslabs"), Column("size"), Column("allocated_by_map", "BY MAP"),
        Column("allocated_by_census", "BY CENSUS"), Column("difference"), Column("leaked"),
        Column("unprotected"), Column("fragmentation", "FRAG"),
        Column("not_compared", "NOT COMPARED"),
    ]
}
