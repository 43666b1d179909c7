import Bytes
import Datasets
import Objects
import Vdevs

/// Opens the log space maps of a pool, oldest first, and collects what is wrong with them.
struct LogReader {
    private let pool: Pool
    private(set) var logs: [LogSpaceMap] = []
    private(set) var problems = ProblemList()
    /// Why logs can't be read at all, so that no metaslab is known for certain.
    private(set) var failures: [String] = []
    /// Whether the pool has a list of logs.
    private(set) var hasList = false
    /// Logs whose foreign entries or groups were reported, each once.
    private var reported: Set<UInt64> = []

    init(_ pool: Pool) { self.pool = pool }

    mutating func read() {
        guard let list = pool.directory.object(.logSpaceMaps) else { return }
        hasList = true
        let entries: [ZAPEntry]
        do {
            let (found, damage) = try pool.meta.zap(list).contents(within: .held)
            entries = found
            for problem in damage { failures.append("the list of log space maps: \(problem.what)") }
        } catch {
            failures.append("the list of log space maps, object \(list), can't be read: \(error)")
            return
        }
        var byTxg: [UInt64: LogSpaceMap] = [:]
        // Of two names for one group the shorter is the one that ZFS wrote.
        let sorted = entries.sorted {
            ($0.name.utf8.count, $0.name) < ($1.name.utf8.count, $1.name)
        }
        for entry in sorted { open(entry, list: list, &byTxg) }
        logs = byTxg.values.sorted { $0.txg < $1.txg }
    }

    private mutating func open(
        _ entry: ZAPEntry, list: UInt64, _ byTxg: inout [UInt64: LogSpaceMap]
    ) {
        var location = Location()
        location.object = list
        location.key = entry.name
        guard let txg = Self.txg(entry.name), let number = entry.uint64 else {
            problems.add(Problem(.logNoTxg, at: location))
            return
        }
        location.txg = TransactionGroup(txg)
        guard byTxg[txg] == nil else {
            problems.add(Problem(.logDuplicate, at: location))
            failures.append("two log space maps claim txg \(txg)")
            return
        }
        if TransactionGroup(txg) > pool.txg {
            problems.add(
                Problem(
                    .logFuture, at: location, evidence: Record(["newest_txg": .txg(pool.txg)])))
            return
        }
        do throws(PoolError) {
            let object = try pool.meta.object(number)
            guard object.type == .spaceMap else {
                throw .absent("object \(number) is \(object.type), no space map")
            }
            let map = try pool.meta.spaceMap(number)
            guard map.header.length <= map.object.byteCount else {
                throw .absent(
                    "smp_length is \(map.header.length), but the object has "
                        + "\(map.object.byteCount) bytes")
            }
            byTxg[txg] = LogSpaceMap(txg: TransactionGroup(txg), map: map)
        } catch {
            location.object = number
            problems.add(
                Problem(
                    .logUnreadable, at: location,
                    evidence: Record(["cause": .text("\(error)")])))
            failures.append("the log space map of txg \(txg) can't be read: \(error)")
        }
    }

    /// The group in a log's name, as `zap_add_int` writes it: lower case, no sign.
    private static func txg(_ name: String) -> UInt64? {
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        let letters = UInt8(ascii: "a")...UInt8(ascii: "f")
        guard name.utf8.allSatisfy({ digits.contains($0) || letters.contains($0) }) else {
            return nil
        }
        return UInt64(name, radix: 16)
    }

    /// Reports an entry that belongs to no metaslab.
    mutating func report(_ entry: SpaceMapEntry, _ log: LogSpaceMap, _ cause: String) {
        problems.add(
            Problem(
                .logBadEntry, at: location(log),
                evidence: Record([
                    "entry_offset": .offset(entry.position), "cause": .text(cause),
                ])))
    }

    /// Reports a place of a log where no entries can be read.
    mutating func report(_ problem: SpaceMapProblem, _ log: LogSpaceMap) {
        problems.add(
            Problem(
                .logUnreadable, at: location(log),
                evidence: Record([
                    "entry_offset": .offset(problem.position), "cause": .text(problem.what),
                ])))
    }

    /// A vdev that is gone may be named; one that never was may not.
    mutating func checkVdev(_ entry: SpaceMapEntry, _ log: LogSpaceMap, _ vdev: UInt32) {
        guard Int(vdev) >= pool.rootConfig.children.count else { return }
        report(entry, log, "names vdev \(vdev), which the pool never had")
    }

    /// All entries of a log are of its own group.
    mutating func checkTxg(_ entry: SpaceMapEntry, _ log: LogSpaceMap) {
        guard entry.txg != 0, entry.txg != log.txg.rawValue,
            reported.insert(log.map.object.number).inserted
        else { return }
        problems.add(
            Problem(
                .logEntryTxg, at: location(log),
                evidence: Record([
                    "entry_offset": .offset(entry.position),
                    "entry_txg": .txg(TransactionGroup(entry.txg)),
                ])))
    }

    /// The total in the header of a log is that of its entries.
    mutating func checkTotal(_ balance: SpaceMapBalance, _ log: LogSpaceMap) {
        guard let bytes = balance.bytes, bytes != log.map.header.allocated else { return }
        problems.add(
            Problem(
                .spacemapAllocated, at: location(log),
                evidence: Record([
                    "expected": .signed(bytes), "found": .signed(log.map.header.allocated),
                ])))
    }

    private func location(_ log: LogSpaceMap) -> Location {
        var location = Location()
        location.object = log.map.object.number
        location.txg = log.txg
        return location
    }
}
