import Bytes
import Codecs
import Datasets
import Objects

/// DT1, DT3 to DT6: what dedup tables say by themselves: form and logs, every entry in the store of its class and in no
/// other, and statistics that are the sums over the entries.
struct DedupTableCheck: Check {
    static let kinds: [ProblemKind] = [
        .dedupForm, .dedupStore, .dedupEntry, .dedupClass, .dedupTwice, .dedupStatistics,
        .dedupLogHeader, .dedupLogUnreadable, .dedupLogRecord,
    ]

    func run(_ context: CheckContext) {
        let notes = PoolNotes()
        for table in context.pool.dedupTables(noting: notes) {
            guard !context.isCancelled else { return }
            checkForm(table, context)
            checkHeaders(of: table, context)
            let logged = readLogs(of: table, context)
            let stored = checkStores(table, logged, notes, context)
            guard let logged, let stored else { continue }
            DedupRecordCheck(stored: stored, isFlat: table.isFlat, checksum: table.checksum)
                .check(logged, context)
        }
        reportNotes(notes, context)
    }

    /// What kept a store, a log or an entry from being read stands in the notes of the readers.
    private func reportNotes(_ notes: PoolNotes, _ context: CheckContext) {
        let kinds: [PoolNote.Code: ProblemKind] = [
            .dedupStoreUnreadable: .dedupStore, .dedupEntry: .dedupEntry,
            .dedupHistogram: .dedupStatistics, .dedupLogUnreadable: .dedupLogUnreadable,
        ]
        for note in notes.all {
            guard let kind = kinds[note.code] else { continue }
            var location = Location()
            location.objectSet = 0
            location.key = note.place
            context.report(
                Problem(kind, at: location, evidence: Record(["cause": .text(note.cause)])))
        }
    }

    private func checkForm(_ table: DedupTable, _ context: CheckContext) {
        guard table.version > 1 || table.flags > 3 || (table.version == 0 && table.flags != 0)
        else { return }
        var location = Location()
        location.objectSet = 0
        location.object = table.directory
        context.report(
            Problem(
                .dedupForm, at: location,
                evidence: Record([
                    "version": .number(table.version), "flags": .number(table.flags),
                ])))
    }

    private func checkHeaders(of table: DedupTable, _ context: CheckContext) {
        for log in table.logs {
            guard let flaw = flaw(in: log, context.pool.txg) else { continue }
            report(.dedupLogHeader, log, flaw, context)
        }
        if table.logs.count(where: \.isFlushing) > 1, let log = table.logs.first {
            report(.dedupLogHeader, log, "both logs are being flushed", context)
        }
    }

    /// What the logs say of each key; nil where that takes too much memory.
    private func readLogs(
        of table: DedupTable, _ context: CheckContext
    ) -> [DedupKey: DedupTable.Logged]? {
        let memory = context.options.memory / SharedBlocks.shareOfMemory
        guard table.logMemory <= UInt64(clamping: memory) else {
            context.leaveUnchecked(
                "the dedup logs of \(table.checksum), and the statistics of its stores",
                "the logs take more than the memory that there is for them; a larger "
                    + "`--memory` may be enough")
            return nil
        }
        for log in table.logs {
            log.forEachRecord(
                isFlat: table.isFlat, problem: { report(.dedupLogRecord, log, $0, context) },
                { _ in })
        }
        return table.logged()
    }

    private func report(
        _ kind: ProblemKind, _ log: DedupLog, _ cause: String, _ context: CheckContext
    ) {
        let location = Location(objectSet: 0, object: log.object.number)
        context.report(
            Problem(kind, at: location, evidence: Record(["cause": .text(cause)])))
    }

    /// Mirrors what `ddt_log_load_one` (`module/zfs/ddt_log.c`) takes for granted.
    private func flaw(in log: DedupLog, _ newest: TransactionGroup) -> String? {
        if log.version != 1 { return "its version is \(log.version)" }
        if log.header.firstTxg > newest { return "it begins in group \(log.header.firstTxg)" }
        if log.header.info >> 10 != 0 { return "it has flags that nobody knows" }
        if log.hasCheckpoint && !log.isFlushing {
            return "it has a checkpoint but is not being flushed"
        }
        let size = UInt64(max(1, log.object.blockSize))
        if log.header.length % size != 0 { return "its length is no number of whole blocks" }
        return nil
    }

    /// Returns in which stores the keys stand that logs have too; nil where not all can be read. Without `logged` nobody can tell
    /// what the statistics count.
    private func checkStores(
        _ table: DedupTable, _ logged: [DedupKey: DedupTable.Logged]?, _ notes: PoolNotes,
        _ context: CheckContext
    ) -> [DedupKey: Set<DedupClass>]? {
        // Ditto blocks, which are no longer made, could stand beside another entry.
        let stores = table.stores.filter { $0.storageClass != .ditto }
        var count = 0
        var stored: [DedupKey: Set<DedupClass>] = [:]
        let firstNote = notes.all.count
        for store in table.stores {
            var histogram = DedupHistogram()
            let noteCount = notes.all.count
            let deflation = context.pool.deflation
            let isRead =
                (try? table.forEachEntry(of: store) { entry in
                    // What a log stands for is counted no more (`ddt_lookup`, `module/zfs/ddt.c`).
                    if logged?[entry.key] == nil {
                        histogram.add(entry, deflation)
                    } else {
                        stored[entry.key, default: []].insert(store.storageClass)
                    }
                    if entry.references > 1 && store.storageClass == .unique
                        || entry.references < 2 && store.storageClass == .duplicate
                    {
                        report(.dedupClass, entry, store, context)
                    }
                    if store.storageClass != .ditto { count += 1 }
                }) != nil
            guard let known = store.histogram else {
                reportMissing(store, notes, context)
                continue
            }
            guard logged != nil, isRead, notes.all.count == noteCount else { continue }
            compare(histogram, known, store, context)
        }
        DuplicateKeys(memory: context.options.memory / 8).forEachRepetition(
            in: table, stores, count: count, isCancelled: { context.isCancelled },
            report: { entry, store in report(.dedupTwice, entry, store, context) })
        return notes.all.count == firstNote ? stored : nil
    }

    /// The kernel gives up a table of which a store has no statistics (`ddt_object_load`, `module/zfs/ddt.c`).
    private func reportMissing(
        _ store: DedupStore, _ notes: PoolNotes, _ context: CheckContext
    ) {
        let object = context.pool.directory.object(.dedupStatistics)
        // What can't be read is told by whoever reads it.
        guard notes.all.allSatisfy({ $0.code != .dedupHistogram }),
            object.map({ (try? context.pool.meta.zap($0).forEachEntry { _ in })?.isEmpty == true })
                ?? true
        else { return }
        var location = Location()
        location.objectSet = 0
        location.object = object ?? ObjectDirectory.objectNumber
        location.key = store.name
        context.report(
            Problem(
                .dedupStatistics, at: location,
                evidence: Record(["cause": "there are no statistics of the store"])))
    }

    private func compare(
        _ expected: DedupHistogram, _ found: DedupHistogram, _ store: DedupStore,
        _ context: CheckContext
    ) {
        let wrong = expected.buckets.indices.filter { expected.buckets[$0] != found.buckets[$0] }
        guard let first = wrong.first else { return }
        var location = Location()
        location.objectSet = 0
        location.object = context.pool.directory.object(.dedupStatistics)
        location.key = store.name
        context.report(
            Problem(
                .dedupStatistics, at: location,
                evidence: Record([
                    "bucket": .number(UInt64(first)),
                    "expected": .record(expected.buckets[first].record),
                    "found": .record(found.buckets[first].record),
                ])))
    }

    private func report(
        _ kind: ProblemKind, _ entry: DedupEntry, _ store: DedupStore, _ context: CheckContext
    ) {
        var location = Location()
        location.objectSet = 0
        location.object = store.object
        location.key = entry.key.name
        context.report(
            Problem(
                kind, at: location,
                evidence: Record([
                    "store": .text(store.name), "references": .number(entry.references),
                ])))
    }
}

extension DedupKey {
    /// As the ZAP of a store names it.
    var name: String {
        [checksum.word0, checksum.word1, checksum.word2, checksum.word3, properties]
            .map { String($0, radix: 16) }.joined(separator: ":")
    }
}
