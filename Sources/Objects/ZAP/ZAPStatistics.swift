import Bytes

/// How a fat ZAP is filled, as counted leaf by leaf, chain by chain.
///
/// Each histogram has ten buckets, the last one for all that is more. Mirrors `zap_stats_t`
/// (`include/sys/zap.h`).
package struct ZAPStatistics: Sendable, Hashable {
    /// `ZAP_HISTOGRAM_SIZE`.
    package static let bucketCount = 10

    /// What one leaf's header says.
    package struct Leaf: Sendable, Hashable {
        package let block: UInt64
        package let prefix: UInt64
        package let prefixLength: UInt16
        package let entryCount: UInt16
        package let freeCount: UInt16
        package let chunkCount: Int
        package let flags: UInt8
    }

    /// Empty unless they were asked for, since of a large table they take much memory.
    package internal(set) var leaves: [Leaf] = []
    /// Leaves that 2^n slots of the pointer table lead to.
    package internal(set) var leavesByPointers = Self.empty
    /// Leaves with 5n entries and more.
    package internal(set) var leavesByEntries = Self.empty
    /// Leaves that are n tenths full.
    package internal(set) var leavesByFullness = Self.empty
    /// Entries that take n chunks.
    package internal(set) var entriesByChunks = Self.empty
    /// Hash buckets with n entries.
    package internal(set) var bucketsByEntries = Self.empty

    private static let empty = [UInt64](repeating: 0, count: bucketCount)

    init() {}

    /// Counts a leaf; `shift` is log2 of the slots of the pointer table.
    mutating func add(_ leaf: ZAPLeaf, shift: Int, isListed: Bool) {
        if isListed {
            leaves.append(
                Leaf(
                    block: leaf.block, prefix: leaf.prefix, prefixLength: leaf.prefixLength,
                    entryCount: leaf.entryCount, freeCount: leaf.freeCount,
                    chunkCount: leaf.chunkCount, flags: leaf.flags))
        }
        Self.count(shift - Int(leaf.prefixLength), in: &leavesByPointers)
        Self.count(Int(leaf.entryCount) / 5, in: &leavesByEntries)
        let free = Int(leaf.freeCount) * (ZAPLeaf.Layout.arraySize + 1)
        Self.count((leaf.bytes.count - free) * 10 / leaf.bytes.count, in: &leavesByFullness)
    }

    /// Adds one to the bucket of `number`.
    static func count(_ number: Int, in histogram: inout [UInt64]) {
        histogram[max(0, min(number, bucketCount - 1))] += 1
    }
}
