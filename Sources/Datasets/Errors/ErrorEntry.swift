package import Bytes

/// A block that a scrub or a read found broken.
package struct ErrorEntry: Sendable, Hashable {
    package let log: Log
    /// The object of the dataset in the MOS: a head, or in a log of the first form also a snapshot.
    package let dataset: UInt64
    package let object: UInt64
    package let level: Int64
    package let block: UInt64
    /// When the block was born; logs of the first form do not tell.
    package let birth: TransactionGroup?
    /// A name that the log keeps beside it; mostly empty.
    package let name: String

    /// Which of the two logs holds it.
    package enum Log: String, Sendable, Hashable {
        /// Found by the scrub that runs or was the last to run.
        case scrub
        /// Found before.
        case last
    }

    package var record: Record {
        var record = Record([
            "log": .text(log.rawValue), "dataset_object": .number(dataset),
            "object": .number(object), "level": .signed(level), "block": .number(block),
        ])
        record.add("birth", birth.map { .txg($0) })
        if !name.isEmpty { record.add("name", .text(name)) }
        return record
    }
}
