import Bytes
import Datasets
import Objects

/// The entries of all log space maps, sorted out by metaslab, each list in the order in which they were logged.
struct LoggedChanges: Sendable {
    /// One log, as entries name it.
    struct Log: Sendable {
        let txg: TransactionGroup
        let object: UInt64
    }

    /// One entry, and which of the logs it stands in.
    struct Change: Sendable {
        let entry: SpaceMapEntry
        let log: Int32
    }

    private(set) var logs: [Log] = []
    private var byShard: [Int: [Change]] = [:]
    private var count = 0
    /// Entries beyond this are not taken; OpenZFS flushes long before (`zfs_unflushed_max_mem_amt`).
    private let limit: Int
    /// Entries that were not taken.
    private(set) var omittedCount = 0

    /// `budget` is the most bytes that the entries may take.
    init(budget: Int) { limit = max(1 << 16, budget / (MemoryLayout<Change>.stride * 2)) }

    /// Adds a log; entries that follow belong to it.
    mutating func begin(_ log: Log) { logs.append(log) }

    /// Adds an entry of the log begun last.
    mutating func add(_ entry: SpaceMapEntry, shard: Int) {
        guard count < limit else {
            omittedCount += 1
            return
        }
        count += 1
        byShard[shard, default: []].append(
            Change(entry: entry, log: Int32(truncatingIfNeeded: logs.count - 1)))
    }

    /// The changes of one metaslab that its own map lacks.
    func changes(ofShard shard: Int, since txg: TransactionGroup) -> [Change] {
        byShard[shard, default: []].filter { logs[Int($0.log)].txg >= txg }
    }
}
