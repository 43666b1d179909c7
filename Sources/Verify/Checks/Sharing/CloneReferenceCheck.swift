import Bytes
import Datasets
import Files
import Objects

/// BR3, BR4: every entry of a block reference table counts the references beyond the first, and the table's sums are those
/// over its entries.
///
/// Pointers that wait to be freed count until they are, and so do those in records of claimed logs until the log is
/// destroyed (`zil_claim_clone_range`, `zil_free_clone_range`, `module/zfs/zil.c`).
struct CloneReferenceCheck: Check {
    static let kinds: [ProblemKind] = [.cloneCount, .cloneUnreferenced, .cloneSpace]
    static let needsCensus = true

    func run(_ context: CheckContext) {
        let tables = context.pool.blockReferences(noting: PoolNotes()).vdevs
        guard !tables.isEmpty else { return }
        // The walk told that it could not count them.
        if context.census.shared?.isUncounted == true { return }
        guard let shared = context.census.shared, context.census.isWalkComplete else {
            context.leaveUnchecked(
                "the reference counts of cloned blocks",
                "the walk did not come to everything that can refer to them")
            return
        }
        let deduplicated = addresses(
            of: context.pool.dedupTables(noting: PoolNotes()), in: shared)
        for table in tables {
            guard !context.isCancelled else { return }
            check(table, shared, deduplicated, context)
        }
    }

    /// The cloned blocks that dedup tables know, too: no more than a few, since clones of such blocks are counted there.
    private func addresses(
        of tables: [DedupTable], in shared: SharedBlocks
    ) -> Set<SharedBlocks.Key> {
        var keys: Set<SharedBlocks.Key> = []
        for table in tables {
            for store in table.stores {
                try? table.forEachEntry(of: store) { entry in
                    for variant in entry.variants {
                        let key = SharedBlocks.Key(variant.dvas[0])
                        if shared.isCloned(key) { keys.insert(key) }
                    }
                }
            }
        }
        return keys
    }

    private func check(
        _ table: BlockReferences, _ shared: SharedBlocks, _ deduplicated: Set<SharedBlocks.Key>,
        _ context: CheckContext
    ) {
        var (used, saved) = (UInt64(0), UInt64(0))
        var isWhole = true
        let isRead =
            (try? table.forEachReference { reference in
                let key = SharedBlocks.Key(vdev: table.vdev, offset: reference.offset)
                // References of a block in both kinds of table can't be told apart.
                guard !deduplicated.contains(key), let found = shared.references(key) else {
                    isWhole = false
                    return
                }
                used &+= found.charged
                let (expected, underflow) = found.count.subtractingReportingOverflow(1)
                saved &+= found.charged &* (underflow ? 0 : expected)
                guard underflow || expected != reference.extra else { return }
                if underflow { isWhole = false }
                var location = location(table, table.header.entries)
                location.offset = reference.offset
                context.report(
                    Problem(
                        underflow ? .cloneUnreferenced : .cloneCount, at: location,
                        evidence: .comparison(
                            "bre_count", expected: underflow ? 0 : expected, found: reference.extra)
                    ))
            }) != nil
        guard isRead, isWhole else { return }
        let fields = [
            ("bvp_usedspace", used, table.header.usedSpace),
            ("bvp_savedspace", saved, table.header.savedSpace),
        ]
        for (field, expected, found) in fields where expected != found {
            context.report(
                Problem(
                    .cloneSpace, at: location(table, table.object),
                    evidence: .comparison(field, expected: expected, found: found)))
        }
    }

    private func location(_ table: BlockReferences, _ object: UInt64) -> Location {
        var location = Location()
        location.objectSet = 0
        location.object = object
        location.vdev = UInt64(table.vdev)
        return location
    }
}
