package import Datasets
import Vdevs

extension SharedBlocks {
    /// What the dedup and block reference tables of a pool say, logs included; what can't be read of them goes to the
    /// pool's notes.
    ///
    /// Entries of blocks with one reference and the pointer's own addresses are left out, since nothing is shared there.
    package convenience init(_ pool: Pool) {
        var entries: [Key: Entry] = [:]
        for table in pool.dedupTables() { Self.add(table, pool, to: &entries) }
        for table in pool.blockReferences().vdevs {
            do {
                try table.forEachReference { reference in
                    entries[Key(vdev: table.vdev, offset: reference.offset)] = Entry(
                        expected: reference.extra.addingReportingOverflow(1).partialValue)
                }
            } catch {
                pool.notes.damage(
                    "block references of vdev \(table.vdev)", "\(error)",
                    code: .cloneTableUnreadable)
            }
        }
        self.init(entries)
    }

    private static func add(_ table: DedupTable, _ pool: Pool, to entries: inout [Key: Entry]) {
        // A log stands for the table, and the log that is written for the one that is flushed.
        for store in table.stores {
            do {
                try table.forEachEntry(of: store) { add($0, to: &entries) }
            } catch {
                pool.notes.damage(store.name, "\(error)", code: .dedupStoreUnreadable)
            }
        }
        for log in table.logs.sorted(by: { $0.isFlushing && !$1.isFlushing }) {
            for record in table.entries(of: log).values { add(record.entry, to: &entries) }
        }
    }

    private static func add(_ entry: DedupEntry, to entries: inout [Key: Entry]) {
        for variant in entry.variants where variant.isInUse {
            let addresses = variant.addresses(encrypted: entry.key.isEncrypted)
            guard let first = addresses.first else { continue }
            guard variant.references > 1 || addresses.count > 1 else {
                entries[Key(first)] = nil
                continue
            }
            entries[Key(first)] = Entry(addresses: addresses, expected: variant.references)
        }
    }
}
