import Bytes
import Datasets
import Objects
import Vdevs

/// LL3: the livelists of destroyed clones that wait to be freed are livelists, each waits once, and no clone has it any
/// more.
///
/// What they name is claimed by the walk, so that the comparison of space tells blocks that are free already. Mirrors
/// `dsl_async_clone_destroy` (`module/zfs/dsl_destroy.c`), which names each list by its number.
struct DeletedCloneCheck: Check {
    static let kinds: [ProblemKind] = [.deletedClone]

    func run(_ context: CheckContext) {
        guard let table = context.pool.directory.object(.deletedClones), table != 0 else { return }
        let meta = MetaObjects(context.pool.meta.set, notes: PoolNotes())
        let entries: [ZAPEntry]
        do {
            entries = try meta.entries(of: table, "deleted clones")
        } catch {
            return context.leaveUnchecked("the livelists of destroyed clones", "\(error)")
        }
        let graph = context.dsl.graph(context)
        let owned = Dictionary(
            graph.sortedDirectories.compactMap { own in own.fields.livelist.map { ($0, own) } },
            uniquingKeysWith: { first, _ in first })
        var seen: Set<UInt64> = []
        for entry in entries {
            guard !context.isCancelled else { return }
            guard let flaw = flaw(of: entry, owned, &seen, meta) else { continue }
            var location = Location(objectSet: 0, object: table)
            location.key = entry.name
            context.report(
                Problem(.deletedClone, at: location, evidence: Record(["cause": .text(flaw)])))
        }
    }

    private func flaw(
        of entry: ZAPEntry, _ owned: [UInt64: GraphDirectory], _ seen: inout Set<UInt64>,
        _ meta: MetaObjects
    ) -> String? {
        guard let list = entry.uint64 else { return "it names no list" }
        if UInt64(entry.name, radix: 16) != list {
            return "it stands for object \(list) by another number"
        }
        if !seen.insert(list).inserted { return "object \(list) waits under another name too" }
        if let owner = owned[list] {
            return "it is the livelist of \(owner.name ?? "directory \(owner.object)")"
        }
        do {
            let keys = try DeadlistKeys(list, meta)
            // A livelist that can't be opened stops the freeing of all others (`livelist_compare`).
            for part in keys.parts(upTo: TransactionGroup(.max)) {
                _ = try meta.pointerList(part.list)
            }
            return nil
        } catch {
            return "\(error)"
        }
    }
}
