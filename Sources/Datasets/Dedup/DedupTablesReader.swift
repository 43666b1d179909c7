import Bytes
import Codecs
import Objects

/// Finds the dedup tables of a pool.
///
/// Mirrors `ddt_load` (`module/zfs/ddt.c`). What can't be read goes to the notes.
struct DedupTablesReader {
    let meta: MetaObjects
    let directory: ObjectDirectory

    /// The checksums that dedup can use (`ZCHECKSUM_FLAG_DEDUP`).
    private static let checksums: [ChecksumAlgorithm] = [.sha256, .sha512, .skein, .edonr, .blake3]

    func read() -> [DedupTable] {
        let histograms =
            directory.object(.dedupStatistics).map { meta.values(of: $0, "DDT-statistics") } ?? [:]
        return Self.checksums.compactMap { table($0, histograms) }
    }

    private func table(
        _ checksum: ChecksumAlgorithm, _ histograms: [String: ZAPValue]
    ) -> DedupTable? {
        let fast = ObjectDirectory.dedupDirectory("\(checksum)")
        guard let object = directory.object(named: fast) else {
            let stores = stores(checksum, histograms) { directory.object(named: $0) }
            guard !stores.isEmpty else { return nil }
            return DedupTable(
                checksum: checksum, version: 0, flags: 0,
                directory: ObjectDirectory.objectNumber, stores: stores, logs: [], meta: meta)
        }
        let values = meta.values(of: object, fast)
        let flags = values["flags"]?.uint64 ?? 0
        return DedupTable(
            checksum: checksum, version: values["version"]?.uint64 ?? 0, flags: flags,
            directory: object,
            stores: stores(checksum, histograms) { values[$0]?.uint64 },
            logs: flags & 2 == 0 ? [] : logs(checksum) { values[$0]?.uint64 }, meta: meta)
    }

    private func stores(
        _ checksum: ChecksumAlgorithm, _ histograms: [String: ZAPValue],
        _ object: (String) -> UInt64?
    ) -> [DedupStore] {
        var stores: [DedupStore] = []
        for storageClass in DedupClass.allCases {
            let name = ObjectDirectory.dedupStore("\(checksum)", storageClass)
            guard let number = object(name), number != 0 else { continue }
            do throws(PoolError) {
                let zap = try meta.zap(number)
                let dnode = zap.object.dnode
                stores.append(
                    DedupStore(
                        name: name, storageClass: storageClass, object: number,
                        entryCount: entryCount(zap), diskBytes: dnode.usedBytes,
                        memoryBytes: dnode.fill.timesClamped(UInt64(dnode.dataBlockSize)),
                        histogram: histogram(histograms[name], name)))
            } catch {
                meta.damage(
                    number, name, "\(error)", code: .dedupStoreUnreadable)
            }
        }
        return stores
    }

    private func entryCount(_ zap: ZAP) -> UInt64 {
        switch zap.form {
        case .micro: UInt64(zap.entries().count)
        case .fat(let header): header.entryCount
        }
    }

    private func histogram(_ value: ZAPValue?, _ name: String) -> DedupHistogram? {
        guard let value else { return nil }
        do {
            return try DedupHistogram(words: value.words)
        } catch {
            meta.notes.damage("DDT-statistics", "\(name): \(error)", code: .dedupHistogram)
            return nil
        }
    }

    private func logs(
        _ checksum: ChecksumAlgorithm, _ object: (String) -> UInt64?
    ) -> [DedupLog] {
        var logs: [DedupLog] = []
        for number in 0..<2 {
            let name = ObjectDirectory.dedupLog("\(checksum)", number)
            guard let found = object(name), found != 0 else { continue }
            do throws(PoolError) {
                logs.append(try DedupLog(name: name, meta.object(found)))
            } catch {
                meta.damage(
                    found, name, "\(error)", code: .dedupLogUnreadable)
            }
        }
        return logs
    }
}
