import Datasets
import Vdevs

/// The tables of a pool that tell which blocks are shared, to be read into the memory that there is.
struct SharingTables {
    let dedup: [DedupTable]
    let clones: [BlockReferences]
    private let pool: Pool
    private let notes: PoolNotes

    /// What can't be read of the tables goes to `notes`.
    init(_ pool: Pool, _ notes: PoolNotes) {
        self.pool = pool
        self.notes = notes
        dedup = pool.dedupTables(noting: notes)
        clones = pool.blockReferences(noting: notes).vdevs
    }

    /// About what the shared blocks take, and the logs of the table that has most while they are read, in bytes; as far as
    /// the tables are honest.
    var byteCount: UInt64 {
        var (count, log) = (UInt64(0), UInt64(0))
        for table in dedup {
            for store in table.stores where store.storageClass != .unique {
                count.addClamped(store.entryCount)
            }
            log = max(log, table.logMemory)
        }
        for table in clones { count.addClamped(table.header.totalCount) }
        var sum = SharedBlockTable.byteCount(blocks: count)
        sum.addClamped(log)
        return sum
    }

    /// The blocks that are shared, or `all` that the tables know; nil where they take more than `memory` bytes.
    func blocks(_ all: Bool, _ memory: Int) -> SharedBlocks? {
        var blocks = SharedBlockTable(limit: memory)
        var isFull = false
        for table in dedup {
            guard table.logMemory <= UInt64(clamping: memory) else { return nil }
            add(table, all, to: &blocks, &isFull)
            if isFull { return nil }
        }
        for table in clones {
            do {
                try table.forEachReference { reference in
                    let key = SharedBlocks.Key(vdev: table.vdev, offset: reference.offset)
                    if !isFull { isFull = !blocks.insert(key, []) }
                }
            } catch {
                notes.damage(
                    "block references of vdev \(table.vdev)", "\(error)",
                    code: .cloneTableUnreadable)
            }
            if isFull { return nil }
        }
        return SharedBlocks(
            blocks, deflation: pool.deflation, hasAll: all && !dedup.isEmpty)
    }

    private func add(
        _ table: DedupTable, _ all: Bool, to blocks: inout SharedBlockTable, _ isFull: inout Bool
    ) {
        // What a log stands for may be of the past: the place of a block that was pruned may be another's by now.
        let logged = table.logged()
        for store in table.stores {
            do {
                try table.forEachEntry(of: store) { entry in
                    guard logged[entry.key] == nil else { return }
                    Self.add(entry, table, all, to: &blocks, &isFull)
                }
            } catch {
                notes.damage(store.name, "\(error)", code: .dedupStoreUnreadable)
            }
        }
        for (_, own) in logged.sorted(by: { $0.key < $1.key }) {
            Self.add(own.entry, table, all, to: &blocks, &isFull)
        }
    }

    private static func add(
        _ entry: DedupEntry, _ table: DedupTable, _ all: Bool, to blocks: inout SharedBlockTable,
        _ isFull: inout Bool
    ) {
        guard !isFull else { return }
        for variant in entry.variants where variant.isInUse {
            let addresses = variant.addresses(encrypted: entry.key.isEncrypted)
            guard let first = addresses.first,
                all || variant.references > 1 || addresses.count > 1
            else { continue }
            let digest = DedupDigest(entry.key, variant, of: table.checksum)
            isFull = isFull || !blocks.insert(SharedBlocks.Key(first), addresses, digest)
        }
    }
}
