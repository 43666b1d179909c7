import Bytes
import Objects

/// Reads the pool's logs of broken blocks.
///
/// In the first form a ZAP of names `objset:object:level:block`, in the second (feature head_errlog) a ZAP of head
/// datasets to ZAPs of names `object:level:block:birth`; all numbers hexadecimal. Mirrors `module/zfs/spa_errlog.c`.
struct ErrorLogReader {
    let meta: MetaObjects
    let directory: ObjectDirectory
    /// Whether the second form is in use.
    let isByHead: Bool

    func read() -> [ErrorEntry] {
        var entries: [ErrorEntry] = []
        for (key, log) in [
            (ObjectDirectory.Key.errorsOfLast, ErrorEntry.Log.last), (.errorsOfScrub, .scrub),
        ] {
            guard let object = directory.object(key) else { continue }
            forEachEntry(of: object, key.rawValue) { entry in
                entries +=
                    isByHead
                    ? byHead(entry.name, entry.value, log)
                    : [single(entry.name, entry.value, log)]
                        .compactMap(\.self)
            }
        }
        return entries.sorted {
            ($0.dataset, $0.object, $0.level, $0.block)
                < ($1.dataset, $1.object, $1.level, $1.block)
        }
    }

    private func byHead(_ name: String, _ value: ZAPValue, _ log: ErrorEntry.Log) -> [ErrorEntry] {
        guard let head = UInt64(name, radix: 16), let object = value.uint64 else {
            meta.notes.damage(
                "error log", "the entry \(name) names no dataset", code: .errorLogHead)
            return []
        }
        var entries: [ErrorEntry] = []
        forEachEntry(of: object, "errors of dataset \(head)") { entry in
            guard let numbers = numbers(entry.name) else {
                meta.notes.damage(
                    "error log of dataset \(head)", "the entry \(entry.name) is malformed",
                    code: .errorLogEntry)
                return
            }
            entries.append(
                ErrorEntry(
                    log: log, dataset: head, object: numbers[0],
                    level: Int64(bitPattern: numbers[1]), block: numbers[2],
                    birth: TransactionGroup(numbers[3]), name: entry.string ?? ""))
        }
        return entries
    }

    /// A log may be of any size. One that can't be read is noted.
    private func forEachEntry(of object: UInt64, _ what: String, _ body: (ZAPEntry) -> Void) {
        do throws(PoolError) {
            try meta.forEachEntry(of: object, what, body)
        } catch {
            meta.damage(object, what, "\(error)", code: .zapUnreadable)
        }
    }

    private func single(
        _ name: String, _ value: ZAPValue, _ log: ErrorEntry.Log
    ) -> ErrorEntry? {
        guard let numbers = numbers(name) else {
            meta.notes.damage("error log", "the entry \(name) is malformed", code: .errorLogEntry)
            return nil
        }
        return ErrorEntry(
            log: log, dataset: numbers[0], object: numbers[1],
            level: Int64(bitPattern: numbers[2]), block: numbers[3], birth: nil,
            name: value.string ?? "")
    }

    private func numbers(_ name: String) -> [UInt64]? {
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        var numbers: [UInt64] = []
        for part in parts {
            guard let number = UInt64(part, radix: 16) else { return nil }
            numbers.append(number)
        }
        return numbers.count == 4 ? numbers : nil
    }
}
