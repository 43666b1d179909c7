package import Datasets
import Vdevs

extension SharedBlocks {
    /// What the dedup and block reference tables of a pool say, logs included; what can't be read of them goes to the
    /// pool's notes.
    ///
    /// Entries of blocks with one reference and the pointer's own addresses are left out, since nothing is shared there,
    /// unless all are wanted to be counted and `memory` bytes are enough for them.
    package convenience init(_ pool: Pool, countingAllWithin memory: Int = 0) {
        var entries: [Key: Entry] = [:]
        // Where references are counted, checks of their own report what is wrong with the tables.
        let notes = memory > 0 ? PoolNotes() : pool.notes
        let tables = pool.dedupTables(noting: notes)
        let count = tables.flatMap(\.stores).reduce(UInt64(0)) { sum, store in
            let (total, overflow) = sum.addingReportingOverflow(store.entryCount)
            return overflow ? .max : total
        }
        let hasAll = !tables.isEmpty && count < UInt64(memory / Self.bytesPerEntry)
        for table in tables { Self.add(table, notes, hasAll, to: &entries) }
        for table in pool.blockReferences(noting: notes).vdevs {
            do {
                try table.forEachReference { reference in
                    entries[Key(vdev: table.vdev, offset: reference.offset)] = Entry(
                        expected: reference.extra.addingReportingOverflow(1).partialValue)
                }
            } catch {
                notes.damage(
                    "block references of vdev \(table.vdev)", "\(error)",
                    code: .cloneTableUnreadable)
            }
        }
        self.init(entries, deflation: pool.deflation, hasAll: hasAll)
    }

    /// What an entry with its references takes in memory, about.
    private static let bytesPerEntry = 256

    private static func add(
        _ table: DedupTable, _ notes: PoolNotes, _ isAll: Bool, to entries: inout [Key: Entry]
    ) {
        // A log stands for the table, and the log that is written for the one that is flushed.
        for store in table.stores {
            do {
                try table.forEachEntry(of: store) { add($0, isAll, to: &entries) }
            } catch {
                notes.damage(store.name, "\(error)", code: .dedupStoreUnreadable)
            }
        }
        for log in table.logs.sorted(by: { $0.isFlushing && !$1.isFlushing }) {
            for record in table.entries(of: log).values { add(record.entry, isAll, to: &entries) }
        }
    }

    private static func add(
        _ entry: DedupEntry, _ isAll: Bool, to entries: inout [Key: Entry]
    ) {
        for variant in entry.variants where variant.isInUse {
            let addresses = variant.addresses(encrypted: entry.key.isEncrypted)
            guard let first = addresses.first else { continue }
            guard isAll || variant.references > 1 || addresses.count > 1 else {
                entries[Key(first)] = nil
                continue
            }
            entries[Key(first)] = Entry(addresses: addresses, expected: variant.references)
        }
    }
}
