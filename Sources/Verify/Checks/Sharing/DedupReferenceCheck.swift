import Bytes
import Datasets
import Objects
import Vdevs

/// DT2: every dedup entry counts the references that there are, and every deduplicated block has an entry that knows all of
/// its copies.
///
/// A block is referenced by each pointer of its own birth: snapshots that share a pointer add nothing. Pointers that wait
/// to be freed count until they are. Fast dedup forgets blocks of one reference when it prunes; there a block without an
/// entry is legal.
struct DedupReferenceCheck: Check {
    static let kinds: [ProblemKind] = [
        .dedupCount, .dedupUnreferenced, .dedupMissing, .dedupAddresses,
    ]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let notes = PoolNotes()
        let tables = context.pool.dedupTables(noting: notes)
        guard !tables.isEmpty else { return }
        // The walk told that it could not count them.
        if context.census.shared?.isUncounted == true { return }
        guard let shared = context.census.shared, context.census.isWalkComplete else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks",
                "the walk did not come to everything that can refer to them")
            return
        }
        var problems = ProblemList()
        for table in tables { check(table, shared, &problems) }
        // A record or an entry that can't be read may stand for any block.
        guard notes.all.isEmpty else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks",
                "a dedup table can't be read in full")
            return
        }
        context.report(problems)
        for stray in shared.unknownCopies { report(stray, context) }
        guard shared.hasAll else {
            context.leaveUnchecked(
                "the reference counts of deduplicated blocks with one reference",
                "there are too many for the memory that may be taken")
            return
        }
        // A table that prunes may not know a block.
        guard tables.allSatisfy({ !$0.isFlat }) else { return }
        for key in shared.unknownBlocks {
            var location = Location()
            location.vdev = UInt64(key.vdev)
            location.offset = key.offset
            context.report(Problem(.dedupMissing, at: location))
        }
    }

    private func report(_ stray: SharedBlocks.StrayCopy, _ context: CheckContext) {
        var location = Location()
        location.vdev = UInt64(stray.key.vdev)
        location.offset = stray.key.offset
        context.report(
            Problem(
                .dedupAddresses, at: location,
                evidence: Record([
                    "copy_vdev": .number(UInt64(stray.copy.vdev)),
                    "copy_offset": .offset(stray.copy.offset),
                    "copy_size": .bytes(stray.copy.allocatedSize),
                ])))
    }

    private func check(
        _ table: DedupTable, _ shared: SharedBlocks, _ problems: inout ProblemList
    ) {
        var logged: [DedupKey: (record: DedupLogRecord, log: UInt64)] = [:]
        for log in table.logs.sorted(by: { $0.isFlushing && !$1.isFlushing }) {
            for (key, record) in table.entries(of: log) {
                logged[key] = (record, log.object.number)
            }
        }
        for store in table.stores {
            try? table.forEachEntry(of: store) { entry in
                guard logged[entry.key] == nil else { return }
                compare(entry, store.object, shared, &problems)
            }
        }
        for (_, own) in logged.sorted(by: { $0.key < $1.key }) {
            compare(own.record.entry, own.log, shared, &problems)
        }
    }

    private func compare(
        _ entry: DedupEntry, _ object: UInt64, _ shared: SharedBlocks,
        _ problems: inout ProblemList
    ) {
        for variant in entry.variants where variant.isInUse {
            guard let first = variant.addresses(encrypted: entry.key.isEncrypted).first,
                let found = shared.references(SharedBlocks.Key(first)),
                found.count != variant.references
            else { continue }
            var location = Location()
            location.objectSet = 0
            location.object = object
            location.key = entry.key.name
            location.vdev = UInt64(first.vdev)
            location.offset = first.offset
            location.size = first.allocatedSize
            problems.add(
                Problem(
                    found.count == 0 ? .dedupUnreferenced : .dedupCount, at: location,
                    evidence: .comparison(
                        "ddp_refcnt", expected: found.count, found: variant.references)))
        }
    }
}
