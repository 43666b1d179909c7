import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// One dedup table that is to be written anew.
///
/// Mirrors what `ddt_sync_flush_entry` and `ddt_log_truncate` (`module/zfs/ddt.c`, `ddt_log.c`) leave behind.
struct DedupRebuild: Sendable {
    let table: DedupTable
    /// All entries that the table is to have, in the order of their keys.
    let entries: [DedupEntry]
    private let pool: Pool

    init(
        _ table: DedupTable, _ blocks: [SharingSurvey.Block], _ clones: Set<SharedBlocks.Key>,
        addresses: [SharedBlocks.Key: [DVA]] = [:], _ pool: Pool
    ) {
        self.table = table
        self.pool = pool
        let old = Self.known(table)
        let now = pool.uberblock.timestamp
        var found: [DedupKey: [DedupVariant]] = [:]
        for block in blocks {
            let key = DedupKey(block.pointer)
            let known = old[key]?.first { $0.isSame(as: block.pointer) }
            if let known {
                let own = addresses[SharedBlocks.Key(block.pointer.dva(0))]
                found[key, default: []].append(
                    known.counting(block.count).with(own, isEncrypted: key.isEncrypted))
                continue
            }
            // A flat table forgets blocks of one reference, and those of more may be counted as clones.
            let isForgotten = block.count < 2 || clones.contains(.init(block.pointer.dva(0)))
            guard !table.isFlat || !isForgotten else { continue }
            found[key, default: []].append(
                DedupVariant(
                    block.pointer, references: block.count, classStart: table.isFlat ? now : nil))
        }
        entries = found.sorted { $0.key < $1.key }.map { key, variants in
            DedupEntry(key: key, variants: Self.fitting(variants, isFlat: table.isFlat))
        }
    }

    /// All forms that stores and logs have, logs first since they are newer.
    private static func known(_ table: DedupTable) -> [DedupKey: [DedupVariant]] {
        var known: [DedupKey: [DedupVariant]] = [:]
        for log in table.logs.sorted(by: { !$0.isFlushing && $1.isFlushing }) {
            for (key, record) in table.entries(of: log) {
                known[key, default: []] += record.entry.variants
            }
        }
        for store in table.stores {
            try? table.forEachEntry(of: store) {
                known[$0.key, default: []] += $0.variants
            }
        }
        return known
    }

    /// As many forms as an entry has room for: those that most refer to.
    private static func fitting(_ variants: [DedupVariant], isFlat: Bool) -> [DedupVariant] {
        let sorted = variants.sorted { $0.references > $1.references }
        if isFlat { return [DedupVariant](sorted.prefix(1)) }
        var taken: Set<Int> = []
        return sorted.filter { taken.insert($0.copies ?? 0).inserted }
    }
}

extension DedupVariant {
    /// Whether a pointer leads to this form (`ddt_phys_select`).
    fileprivate func isSame(as pointer: BlockPointer) -> Bool {
        isInUse && dvas[0] == pointer.dva(0) && physicalBirth == pointer.physicalBirth
    }

    /// The form with these addresses, where there are any; the third of an encrypted one is none.
    fileprivate func with(_ addresses: [DVA]?, isEncrypted: Bool) -> DedupVariant {
        guard let addresses else { return self }
        let limit = isEncrypted ? 2 : 3
        let own = dvas.indices.map { place in
            place >= limit
                ? dvas[place]
                : place < addresses.count ? addresses[place] : DVA(word0: 0, word1: 0)
        }
        return DedupVariant(
            copies: copies, dvas: own, references: references, physicalBirth: physicalBirth,
            classStart: classStart)
    }
}

extension DedupRebuild {
    func apply(to transaction: inout Transaction) throws(RepairError) {
        try setForm(in: &transaction.meta)
        for storageClass in [DedupClass.duplicate, .unique, .ditto] {
            let own = entries.filter { entry in
                storageClass == (entry.references > 1 ? .duplicate : .unique)
            }
            try write(own, storageClass, in: &transaction.meta)
        }
        guard table.hasLogs else { return }
        for number in 0..<2 { try emptyLog(number, transaction.txg, in: &transaction.meta) }
    }

    /// A table with a directory of its own is of version 1, with the two flags that there are.
    private func setForm(in meta: inout ObjectSetDraft) throws(RepairError) {
        guard table.directory != ObjectDirectory.objectNumber else { return }
        guard table.version != 1 || table.flags > 3 else { return }
        let flags = table.flags & 3
        try meta.edit(table.directory) { directory throws(RepairError) in
            try directory.setWord("version", 1)
            try directory.setWord("flags", flags)
        }
    }

    private func write(
        _ own: [DedupEntry], _ storageClass: DedupClass, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let name = ObjectDirectory.dedupStore("\(table.checksum)", storageClass)
        let named = try meta.object(table.directory).word(name)
        guard named != nil || !own.isEmpty else { return }
        let store = try usableStore(named, name, in: &meta)
        try meta.edit(store) { object throws(RepairError) in
            try object.replaceWordEntries(
                own.map {
                    (
                        $0.key.words,
                        ZAPValue(integerSize: 1, bytes: $0.packed(isFlat: table.isFlat))
                    )
                })
        }
    }

    /// What the stores that the table is going to have add up to, by their names.
    var histograms: [String: DedupHistogram] {
        var histograms: [String: DedupHistogram] = [:]
        for store in table.stores { histograms[store.name] = DedupHistogram() }
        for entry in entries {
            let storageClass: DedupClass = entry.references > 1 ? .duplicate : .unique
            let name = ObjectDirectory.dedupStore("\(table.checksum)", storageClass)
            histograms[name, default: DedupHistogram()].add(entry, pool.deflation)
        }
        return histograms
    }

    /// The store of that name, or a new one where there is none that belongs to this name alone.
    private func usableStore(
        _ named: UInt64?, _ name: String, in meta: inout ObjectSetDraft
    ) throws(RepairError) -> UInt64 {
        let isShared = table.stores.contains { $0.object == named && $0.name != name }
        if let named, !isShared, let zap = try? pool.meta.zap(named), !zap.isMicro,
            zap.object.type == .dedupTable, zap.hash.flags.contains(.wordKeys)
        {
            return named
        }
        let new = try meta.addWordZAP(
            type: .dedupTable, flags: [.hash64, .wordKeys, .preHashedKeys], blockShift: 15)
        try meta.edit(table.directory) { directory throws(RepairError) in
            try directory.setWord(name, new)
        }
        return new
    }

    /// One of the two logs is always the one that is flushed.
    private func emptyLog(
        _ number: Int, _ txg: TransactionGroup, in meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let name = ObjectDirectory.dedupLog("\(table.checksum)", number)
        let flushing = table.logs.filter(\.isFlushing)
        let isFlushing =
            flushing.count == 1 && table.logs.count == 2
            ? flushing[0].name == name : number == 1
        var log = table.logs.first { $0.name == name }?.object.number
        if log == nil {
            let new = try meta.add(
                type: .wordMetadata, blockSize: 1 << 17, indirectBlockShift: 17,
                bonusType: .wordMetadata,
                bonus: [UInt8](repeating: 0, count: DedupLogHeader.byteCount))
            try meta.edit(table.directory) { directory throws(RepairError) in
                try directory.setWord(name, new)
            }
            log = new
        }
        guard let log else { return }
        try meta.edit(log) { object throws(RepairError) in
            try object.replaceBlocks([])
            let order = object.order
            try object.editBonus { bytes throws(FormatError) in
                typealias Layout = DedupLogHeader.Layout
                for index in bytes.indices { bytes[index] = 0 }
                // Version 1 and `DDL_FLAG_FLUSHING`.
                try Layout.info.write(isFlushing ? 1 | 1 << 8 : 1, into: &bytes, order)
                try Layout.firstTxg.write(txg.rawValue, into: &bytes, order)
            }
        }
    }
}
