package import Bytes

/// What came out for one metaslab: how its map and the block tree see it, and where they differ.
package struct MetaslabOutcome: Sendable {
    /// The vdev's number.
    package let vdev: UInt32
    package let metaslab: Int
    /// The space that it hands out, in bytes.
    package let bounds: Range<UInt64>
    /// The object of its space map; 0 for none.
    package let mapObject: UInt64
    /// In percent, by the map's histogram; nil where the map has none.
    package let fragmentation: UInt64?
    /// Bytes in use by map and logs; nil where they can't be relied on.
    package internal(set) var allocatedByMap: UInt64?
    /// Bytes in use by the block tree.
    package internal(set) var allocatedByCensus: UInt64 = 0
    /// Bytes that the map has in use and nobody owns.
    package internal(set) var leaked: UInt64 = 0
    /// Bytes that somebody owns and the map has free.
    package internal(set) var unprotected: UInt64 = 0
    /// Runs that several claim who don't share them.
    package internal(set) var claimedTwice = 0
    /// Why it was not compared, if so.
    package internal(set) var obstacle: String?

    package var size: UInt64 { bounds.upperBound - bounds.lowerBound }
    /// Whether something was found to differ.
    package var isAtOdds: Bool { leaked > 0 || unprotected > 0 || claimedTwice > 0 }

    package var record: Record {
        var record = Record([
            "vdev": .number(UInt64(vdev)),
            "metaslab": .number(UInt64(truncatingIfNeeded: metaslab)),
            "offset": .offset(bounds.lowerBound), "size": .bytes(size),
            "spacemap": .number(mapObject),
        ])
        record.add("allocated_by_map", allocatedByMap.map { .bytes($0) })
        record.add("allocated_by_census", .bytes(allocatedByCensus))
        record.add("leaked", .bytes(leaked))
        record.add("unprotected", .bytes(unprotected))
        record.add("claimed_twice", .number(UInt64(truncatingIfNeeded: claimedTwice)))
        record.add("fragmentation", fragmentation.map { .number($0) })
        record.add("unchecked", obstacle.map { .text($0) })
        return record
    }
}
