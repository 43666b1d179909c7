import Bytes
import Datasets
import Objects

/// The keys of a deadlist: the groups at which its blocks are divided by birth.
///
/// Every snapshot before the dataset contributes the group in which the one before it was taken; that is how the kernel
/// finds what goes with a snapshot. A key can outlive its snapshot where a bookmark needs it, and in the deadlists of
/// snapshots. Mirrors `dsl_deadlist_load_tree` and `dsl_deadlist_clone` (`module/zfs/dsl_deadlist.c`).
struct DeadlistKeys {
    let object: UInt64
    let header: DeadlistHeader
    /// The keys in order with their lists, the first of each.
    private var keys: [(txg: UInt64, list: UInt64)] = []
    /// Names that are no number, no list, or a number that another name stands for too.
    private var flaws: [(name: String, cause: String)] = []

    /// A list with the births that its blocks can have; nil where any can.
    struct Part {
        let list: UInt64
        let births: ClosedRange<UInt64>?
    }

    init(_ number: UInt64, _ meta: MetaObjects) throws(PoolError) {
        object = number
        header = try meta.bonus(of: number, as: DeadlistHeader.self)
        var seen: Set<UInt64> = []
        for entry in try meta.entries(of: number, "deadlist") {
            guard let txg = UInt64(entry.name, radix: 16), let list = entry.uint64 else {
                flaws.append((entry.name, "names no transaction group or no list"))
                continue
            }
            guard seen.insert(txg).inserted else {
                flaws.append((entry.name, "stands for a transaction group that has one already"))
                continue
            }
            keys.append((txg, list))
        }
        keys.sort { $0.txg < $1.txg }
    }

    /// The lists, the last one with births up to `newest`.
    func parts(upTo newest: TransactionGroup) -> [Part] {
        keys.indices.map { index in
            let end = index + 1 < keys.count ? keys[index + 1].txg : newest.rawValue
            let start = keys[index].txg
            return Part(
                list: keys[index].list,
                births: start < end ? start + 1...end : .max ... .max)
        }
    }

    /// Reports keys that can't be, and those that are missing.
    func report(
        _ dataset: GraphDataset, _ graph: DatasetGraph, to problems: inout ProblemList
    ) {
        var location = graph.location(ofDataset: dataset.object)
        location.object = object
        for flaw in flaws {
            location.key = flaw.name
            problems.add(
                Problem(
                    .deadlistKey, at: location, evidence: Record(["cause": .text(flaw.cause)])))
        }
        let known = Set(keys.map(\.txg))
        for txg in graph.deadlistKeys(of: dataset) where !known.contains(txg) {
            location.key = String(txg, radix: 16)
            problems.add(Problem(.deadlistMissingKey, at: location))
        }
    }
}
