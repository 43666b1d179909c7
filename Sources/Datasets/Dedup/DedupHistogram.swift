package import Bytes

/// A dedup table's statistics by how often blocks are referenced, in powers of two.
///
/// Stored for each class in the ZAP `DDT-statistics`. Mirrors `ddt_histogram_t` (`include/sys/fs/zfs.h`).
package struct DedupHistogram: Sendable, Hashable {
    /// Bucket n counts the blocks referenced 2^n times and more, but fewer than 2^(n+1).
    package var buckets: [DedupStatistics]

    package init() { buckets = Array(repeating: DedupStatistics(), count: 64) }

    /// The 512 words of the ZAP's value; fewer are taken as far as they go.
    package init(words: [UInt64]) throws(FormatError) {
        self.init()
        guard words.count.isMultiple(of: 8), words.count <= 512 else {
            throw FormatError("ddt_histogram_t", .invalid("has \(words.count) words"))
        }
        for index in 0..<words.count / 8 {
            buckets[index] = try DedupStatistics(words: words, at: index * 8)
        }
    }

    package mutating func add(_ other: DedupHistogram) {
        for index in buckets.indices { buckets[index].add(other.buckets[index]) }
    }

    package var total: DedupStatistics {
        buckets.reduce(into: DedupStatistics()) { $0.add($1) }
    }

    /// One record for each bucket that counts anything.
    package var records: [Record] {
        buckets.indices.filter { buckets[$0].blocks > 0 }.map { index in
            var record = Record(["references": .number(1 << UInt64(index))])
            for entry in buckets[index].record.entries { record.add(entry.name, entry.value) }
            return record
        }
    }
}
