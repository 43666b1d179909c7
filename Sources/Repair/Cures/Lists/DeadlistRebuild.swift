import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// One deadlist that is to be written anew from the difference of two block trees.
///
/// Mirrors what `dsl_deadlist_insert` and `dsl_deadlist_add_key` (`module/zfs/dsl_deadlist.c`) leave behind. Lists that
/// belong to this deadlist alone are kept and filled anew; where it lacks one it gets a new one.
struct DeadlistRebuild: Sendable {
    let problems: [Problem]
    private let dataset: UInt64
    private let name: String
    private let deadlist: UInt64
    /// Another object that is the dataset's deadlist, where the one that it names is none.
    private let found: UInt64?
    private let contents: [BlockPointer]
    /// The keys that it is to have; none in a pool of before version 26, whose deadlists are one list.
    private let keys: [UInt64]
    private let isSingle: Bool
    /// The deadlist's own map can't be read, so that it takes another one.
    private let isLost: Bool
    /// The entries of the ZAP as it is, with what may become of their lists.
    private let entries: [Entry]
    private let emptyList: UInt64?
    private let deflation: Deflation

    private struct Entry: Sendable {
        let name: String
        let list: UInt64
        /// The list belongs to this deadlist alone, so that it may be filled or freed.
        let isOwn: Bool
    }

    init?(
        _ dataset: UInt64, _ problems: [Problem], _ owners: ListOwners, _ context: CheckContext,
        rebuilt: Set<UInt64>, taken: inout Set<UInt64>
    ) {
        guard let own = owners.graph.datasets[dataset],
            let contents = Self.contents(of: own, owners.graph, context)
        else { return nil }
        self.problems = problems
        self.dataset = dataset
        self.contents = contents
        name = own.name ?? "dataset \(dataset)"
        deadlist = own.stored.deadlist
        emptyList = owners.emptyList
        let pool = context.pool
        deflation = pool.deflation
        let stored = try? pool.meta.object(deadlist)
        let isReadable =
            stored.map { $0.type == .deadlist || $0.type == .blockPointerList } ?? false
        isSingle = isReadable ? stored?.type == .blockPointerList : pool.version < 26
        found = isReadable ? nil : Self.orphan(owners, pool)
        isLost = !isSingle && !Self.canRead(stored)
        let needed = owners.graph.deadlistKeys(of: own)
        let newest = owners.graph.datasets[own.previous]?.stored.creationTxg.rawValue ?? 0
        let named = owners.named[deadlist] ?? []
        keys = Set(
            needed + named.compactMap { Self.key($0.key) }.filter { $0 < newest }
        ).sorted()
        var entries: [Entry] = []
        for (name, list) in named {
            let isList =
                list != owners.emptyList
                && (try? pool.meta.object(list))?.dnode.bonusType == .blockPointerListHeader
            let others = owners.leaders(of: list).subtracting([deadlist])
            let isFree = others.allSatisfy { other in
                owners.graph.datasets.values.contains {
                    $0.stored.deadlist == other && rebuilt.contains($0.object)
                }
            }
            let isOwn = isList && isFree && taken.insert(list).inserted
            entries.append(Entry(name: name, list: list, isOwn: isOwn))
        }
        self.entries = entries
    }

    /// A key as the kernel writes it.
    private static func key(_ name: String) -> UInt64? {
        UInt64(name, radix: 16).flatMap { String($0, radix: 16) == name ? $0 : nil }
    }

    private static func contents(
        of dataset: GraphDataset, _ graph: DatasetGraph, _ context: CheckContext
    ) -> [BlockPointer]? {
        final class Found { var pointers: [BlockPointer] = [] }
        let found = Found()
        guard dataset.previous == 0 || graph.datasets[dataset.previous] != nil,
            (try? TreeComparison(context, graph).forEachLost(of: dataset) {
                found.pointers.append($0)
            }) != nil
        else { return nil }
        return found.pointers
    }

    /// Whether all entries of a deadlist's map come out.
    private static func canRead(_ object: DMUObject?) -> Bool {
        guard let object, object.type == .deadlist, let zap = try? ZAP(object) else { return false }
        return !zap.contents().problems.contains(where: \.mayHideEntries)
    }

    /// The only deadlist of the MOS that no dataset names.
    private static func orphan(_ owners: ListOwners, _ pool: Pool) -> UInt64? {
        var orphans: [UInt64] = []
        pool.meta.set.forEachDnode { visit in
            guard case .object(let object) = visit, object.type == .deadlist,
                owners.leaders(of: object.number).isEmpty
            else { return }
            orphans.append(object.number)
        }
        return orphans.count == 1 ? orphans[0] : nil
    }
}

extension DeadlistRebuild {
    var step: CureStep {
        let what =
            found.map { "Let \(name) have the deadlist in object \($0) again" }
            ?? "Write the deadlist of \(name) anew from the block trees: \(contents.count.counted("block"))"
        return CureStep(
            problems, cure: DeadlistCure.name, as: .rebuild,
            what, apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        let field = DSLDataset.Layout.deadlist
        if let found {
            return try BookField(field, of: dataset, from: deadlist, to: found)
                .apply(to: &transaction)
        }
        let lists = PointerListRebuild(pool: transaction.pool, deflation: deflation)
        if isSingle {
            return try lists.fill(deadlist, with: contents, in: &transaction.meta)
        }
        var number = deadlist
        if isLost {
            number = try transaction.meta.addZAP(
                type: .deadlist, bonusType: .deadlistHeader,
                bonus: [UInt8](repeating: 0, count: DeadlistHeader.Layout.byteCount))
            try BookField(field, of: dataset, from: deadlist, to: number).apply(to: &transaction)
            if (try? transaction.pool.meta.object(deadlist))?.type == .deadlist {
                try lists.freeOne(deadlist, in: &transaction.meta)
            }
        }
        try write(number, lists, in: &transaction.meta)
    }

    private func write(
        _ number: UInt64, _ lists: PointerListRebuild, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        var shares: [UInt64: [BlockPointer]] = [:]
        for pointer in contents {
            guard let key = keys.last(where: { $0 < pointer.birth.rawValue }) else {
                throw .changed("the deadlist of \(name) has no key for txg \(pointer.birth)")
            }
            shares[key, default: []].append(pointer)
        }
        var emptied = 0
        var byKey: [UInt64: Entry] = [:]
        // A map that is left behind keeps its entries.
        for entry in isLost ? [] : entries {
            if let key = Self.key(entry.name), keys.contains(key) {
                byKey[key] = entry
                continue
            }
            try meta.edit(number) { zap throws(RepairError) in try zap.removeEntry(entry.name) }
            if entry.list == emptyList { emptied += 1 }
            if entry.isOwn { try lists.free(entry.list, in: &meta) }
        }
        for key in keys {
            let (entry, share) = (byKey[key], shares[key] ?? [])
            if let entry, entry.list == emptyList, share.isEmpty { continue }
            if let entry, entry.isOwn {
                try lists.fill(entry.list, with: share, in: &meta)
                continue
            }
            if let entry, entry.list == emptyList { emptied += 1 }
            let list = try lists.add(to: &meta)
            try lists.fill(list, with: share, in: &meta)
            try meta.edit(number) { zap throws(RepairError) in
                try zap.setWord(String(key, radix: 16), list)
            }
        }
        try lists.releaseEmpty(emptied, in: &meta)
        try setTotals(of: number, in: &meta)
    }

    private func setTotals(
        of number: UInt64, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let total = contents.reduce(into: ChargedSpace()) { $0 += ChargedSpace($1, deflation) }
        try meta.edit(number) { object throws(RepairError) in
            let order = object.order
            try object.editBonus { bytes throws(FormatError) in
                typealias Layout = DeadlistHeader.Layout
                try Layout.usedBytes.write(total.used, into: &bytes, order)
                try Layout.compressedBytes.write(total.compressed, into: &bytes, order)
                try Layout.uncompressedBytes.write(total.uncompressed, into: &bytes, order)
            }
        }
    }
}
