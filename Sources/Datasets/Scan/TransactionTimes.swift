package import Bytes

/// Which txg was current at which time: a ring that the object directory keeps for minutes, days and months.
///
/// With it a time can be turned into a txg, as `zpool scrub -S` does. Mirrors `rrd_t` (`include/zfs_crrd.h`).
package struct TransactionTimes: Sendable, Hashable {
    /// The oldest first.
    package let entries: [Entry]

    package struct Entry: Sendable, Hashable {
        /// Seconds since 1970.
        package let time: UInt64
        package let txg: TransactionGroup
    }

    /// Decodes the array of words: head, tail and length of the ring, then pairs of time and txg.
    package init(words: [UInt64]) throws(FormatError) {
        guard words.count > 3, words.count % 2 == 1 else {
            throw FormatError("rrd_t", .invalid("has \(words.count) words"))
        }
        let room = (words.count - 3) / 2
        guard let head = Int(exactly: words[0]), head < room else {
            throw FormatError("rrd_head", .badValue(words[0]))
        }
        guard let length = Int(exactly: words[2]), length <= room else {
            throw FormatError("rrd_length", .badValue(words[2]))
        }
        entries = (0..<length).map { index in
            let place = 3 + (head + index) % room * 2
            return Entry(time: words[place], txg: TransactionGroup(words[place + 1]))
        }
    }

    package var record: Record {
        Record([
            "entries": .list(
                entries.map { .record(Record(["time": .time($0.time), "txg": .txg($0.txg)])) })
        ])
    }
}
