package import Bytes
import Datasets
import Vdevs

/// What going back to one uberblock would give, and what it would cost.
package struct RewindState: Sendable {
    package let txg: TransactionGroup
    /// In seconds since 1970.
    package let time: UInt64
    /// Slots of rings that hold it and match their checksums.
    package internal(set) var copyCount = 0
    /// Slots that hold it and don't.
    package internal(set) var damagedCopyCount = 0
    /// Whether it is the state that other commands read.
    package internal(set) var isCurrent = false
    /// Why the meta object set or its object directory can't be read; nil where they can.
    package internal(set) var obstacle: String?
    /// The user ended the survey before the state was walked to its end.
    package internal(set) var isUnfinished = false
    /// Objects that an import needs, and that can't be read or are not what they should be, with the reason.
    package internal(set) var damagedObjects: [String] = []
    /// File systems, volumes and snapshots.
    package internal(set) var datasetCount = 0
    /// Those whose own root can't be read.
    package internal(set) var lostDatasetCount = 0
    /// Blocks that differ from those of newer states and were read.
    package internal(set) var readCount: UInt64 = 0
    /// Blocks that can't be read, whatever hangs below them.
    package internal(set) var unreadableCount: UInt64 = 0
    /// Those of them that a newer state has, too.
    package internal(set) var sharedUnreadableCount: UInt64 = 0
    /// Some of those that only this state and older ones have, by name and with the cause.
    package internal(set) var losses: [String] = []
    /// What was made or written since, and so would be lost.
    package internal(set) var changes = RewindChanges()

    init(_ uberblock: Uberblock) {
        txg = uberblock.txg
        time = uberblock.timestamp
    }

    /// What the state is worth.
    package enum Verdict: String, Sendable {
        /// Everything that was looked at can be read.
        case whole
        /// It opens, and some of it can't be read.
        case damaged
        /// Nothing of it can be reached.
        case lost
        /// It was not walked to its end.
        case unfinished
    }

    package var verdict: Verdict {
        if obstacle != nil { return .lost }
        if unreadableCount > 0 || !damagedObjects.isEmpty { return .damaged }
        return isUnfinished ? .unfinished : .whole
    }

    package var record: Record {
        var record = Record([
            "txg": .txg(txg), "time": .time(time), "verdict": .text(verdict.rawValue),
            "current": .flag(isCurrent), "copies": .number(UInt64(copyCount)),
            "damaged_copies": .number(UInt64(damagedCopyCount)),
        ])
        record.add("cause", obstacle.map { .text($0) })
        if obstacle == nil {
            record.add("datasets", .number(UInt64(datasetCount)))
            record.add("lost_datasets", .number(UInt64(lostDatasetCount)))
            record.add("blocks_read", .number(readCount))
            record.add("unreadable", .number(unreadableCount))
            record.add("unreadable_shared", .number(sharedUnreadableCount))
            record.add("unreadable_at", .list(losses.map { .text($0) }))
            record.add("damaged_objects", .list(damagedObjects.map { .text($0) }))
        }
        for entry in changes.record.entries { record.add(entry.name, entry.value) }
        return record
    }
}
