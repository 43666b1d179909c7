package import Bytes
package import Codecs
import Objects

/// The dedup table of one checksum: its stores and, for fast dedup, its logs.
///
/// Mirrors `ddt_t` as `ddt_configure` and `ddt_object_load` (`module/zfs/ddt.c`) fill it.
package struct DedupTable: Sendable {
    package let checksum: ChecksumAlgorithm
    /// 0 legacy, 1 fast dedup.
    package let version: UInt64
    /// Bit 0: entries have one form for all numbers of copies; bit 1: there are logs.
    package let flags: UInt64
    /// The ZAP that names stores and logs: the object directory, or one of its own.
    package let directory: UInt64
    package let stores: [DedupStore]
    package let logs: [DedupLog]
    let meta: MetaObjects

    package var isFlat: Bool { flags & 1 != 0 }
    package var hasLogs: Bool { flags & 2 != 0 }

    /// Visits the entries of a store. What can't be read goes to the notes.
    package func forEachEntry(
        of store: DedupStore, _ visit: (DedupEntry) -> Void
    ) throws(PoolError) {
        let zap = try meta.zap(store.object)
        let problems = zap.forEachEntry { entry in
            do throws(FormatError) {
                guard case .words(let words) = entry.key else {
                    throw FormatError("ddt_key_t", .invalid("is a name"))
                }
                visit(
                    try DedupEntry(
                        key: DedupKey(words: words), packed: entry.value.bytes, isFlat: isFlat))
            } catch {
                meta.damage(
                    store.object, store.name, "the entry \(entry.name): \(error)", code: .dedupEntry
                )
            }
        }
        for problem in problems {
            meta.damage(store.object, store.name, problem.what, code: .zap(problem.kind))
        }
    }

    /// The entries of a log that count. What can't be read goes to the notes.
    package func entries(of log: DedupLog) -> [DedupKey: DedupLogRecord] {
        log.entries(isFlat: isFlat) { damage(log, $0) }
    }

    /// The records of a log in the order in which they were written. What can't be read goes to the notes.
    func forEachRecord(of log: DedupLog, _ body: (DedupLogRecord) -> Void) {
        log.forEachRecord(isFlat: isFlat, problem: { damage(log, $0) }, body)
    }

    private func damage(_ log: DedupLog, _ cause: String) {
        meta.damage(log.object.number, log.name, cause, code: .dedupLogRecord)
    }

    package var record: Record {
        Record([
            "checksum": .text("\(checksum)"),
            "version": .number(version),
            "form": .text(version == 0 ? "legacy" : version == 1 ? "fast dedup" : "unknown"),
            "flat": .flag(isFlat),
            "directory": .number(directory),
            "stores": .list(stores.map { .record($0.record) }),
            "logs": .list(logs.map { .record($0.record) }),
        ])
    }
}
