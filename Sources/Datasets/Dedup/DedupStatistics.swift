package import Bytes

/// How many blocks a part of a dedup table knows and what they take, once and with each reference counted.
///
/// Mirrors `ddt_stat_t` (`include/sys/fs/zfs.h`). Sums that damage made too large stop at the largest number.
package struct DedupStatistics: Sendable, Hashable {
    /// `dds_blocks`.
    package var blocks: UInt64 = 0
    /// `dds_lsize`, in bytes.
    package var logicalBytes: UInt64 = 0
    /// `dds_psize`, in bytes.
    package var physicalBytes: UInt64 = 0
    /// `dds_dsize`: what they take with copies and without parity, in bytes.
    package var allocatedBytes: UInt64 = 0
    /// `dds_ref_blocks` and so on: the same, each block as often as it is referenced.
    package var referencedBlocks: UInt64 = 0
    package var referencedLogicalBytes: UInt64 = 0
    package var referencedPhysicalBytes: UInt64 = 0
    package var referencedAllocatedBytes: UInt64 = 0

    package init() {}

    /// The eight words from `start` on.
    init(words: [UInt64], at start: Int) throws(FormatError) {
        guard start >= 0, words.count >= 8, start <= words.count - 8 else {
            throw FormatError("ddt_stat_t", .invalid("has too few words"))
        }
        blocks = words[start]
        logicalBytes = words[start + 1]
        physicalBytes = words[start + 2]
        allocatedBytes = words[start + 3]
        referencedBlocks = words[start + 4]
        referencedLogicalBytes = words[start + 5]
        referencedPhysicalBytes = words[start + 6]
        referencedAllocatedBytes = words[start + 7]
    }

    package mutating func add(_ other: DedupStatistics) {
        blocks.addClamped(other.blocks)
        logicalBytes.addClamped(other.logicalBytes)
        physicalBytes.addClamped(other.physicalBytes)
        allocatedBytes.addClamped(other.allocatedBytes)
        referencedBlocks.addClamped(other.referencedBlocks)
        referencedLogicalBytes.addClamped(other.referencedLogicalBytes)
        referencedPhysicalBytes.addClamped(other.referencedPhysicalBytes)
        referencedAllocatedBytes.addClamped(other.referencedAllocatedBytes)
    }

    /// Space asked for by references for each byte taken; nil where nothing is taken.
    package var dedupRatio: Double? {
        allocatedBytes == 0 ? nil : Double(referencedAllocatedBytes) / Double(allocatedBytes)
    }

    package var record: Record {
        Record([
            "blocks": .number(blocks),
            "logical_bytes": .bytes(logicalBytes),
            "physical_bytes": .bytes(physicalBytes),
            "allocated_bytes": .bytes(allocatedBytes),
            "referenced_blocks": .number(referencedBlocks),
            "referenced_logical_bytes": .bytes(referencedLogicalBytes),
            "referenced_physical_bytes": .bytes(referencedPhysicalBytes),
            "referenced_allocated_bytes": .bytes(referencedAllocatedBytes),
        ])
    }
}
