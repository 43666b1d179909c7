package import Bytes

/// What is known of a piece of space.
package struct SpaceAnswer: Sendable {
    package let range: SpaceRange
    /// Where it lies since its vdev was removed; empty for a vdev that is there.
    package let movedTo: [SpaceRange]
    package internal(set) var owners: [BlockOwner] = []
    /// The metaslabs that it touches, and their space maps.
    package internal(set) var metaslabs: [Int] = []
    package internal(set) var maps: [UInt64] = []
    /// Bytes that the space maps have in use.
    package internal(set) var allocatedBytes: UInt64 = 0
    /// Bytes whose space map can't be read.
    package internal(set) var unknownBytes: UInt64 = 0
    /// Bytes that lie in no metaslab.
    package internal(set) var outsideBytes: UInt64 = 0

    init(range: SpaceRange, movedTo: [SpaceRange]) {
        self.range = range
        self.movedTo = movedTo
    }

    package var size: UInt64 { range.bytes.upperBound - range.bytes.lowerBound }

    /// What the space maps say of it, in a word or two.
    package var state: String {
        if outsideBytes >= size { return "no space of this pool" }
        if unknownBytes > 0 { return "unknown" }
        let inside = size - outsideBytes
        if allocatedBytes == 0 { return "free" }
        return allocatedBytes >= inside ? "allocated" : "partly allocated"
    }

    package var record: Record {
        var record = range.record
        record.add("state", .text(state))
        record.add("allocated", .bytes(allocatedBytes))
        if outsideBytes > 0 { record.add("outside", .bytes(outsideBytes)) }
        record.add("metaslabs", .list(metaslabs.map { .number(UInt64(truncatingIfNeeded: $0)) }))
        record.add("spacemaps", .list(maps.map { .number($0) }))
        if !movedTo.isEmpty { record.add("moved_to", .list(movedTo.map { .record($0.record) })) }
        record.add("owners", .list(owners.map { .record($0.record) }))
        return record
    }
}
