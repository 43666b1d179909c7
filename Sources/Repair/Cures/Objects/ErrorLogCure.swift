import Bytes
package import Datasets
import Objects
package import Verify

/// Takes out of the error logs what names no block, and what was proved to be readable or gone.
///
/// Stale entries alone are no reason to write to a pool, since a scrub drops them too; they go where something else is put
/// right, or where that is asked for.
package struct ErrorLogCure: Cure {
    package static let name = "errors"
    package static let summary = "takes entries out of the error logs that name no damaged block"
    package static let isWorthAGroup = false

    /// An entry of a table of the MOS.
    private struct Entry: Hashable {
        let table: UInt64
        let name: String
    }

    private let entries: [(entry: Entry, problem: Problem)]
    package var cured: [Problem] { entries.map(\.problem) }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        var entries: [(entry: Entry, problem: Problem)] = []
        var known: [Words: [Entry]]?
        for problem in findings.problems where problem.kind.cure == Self.name {
            guard problem.kind == .errorStale else {
                if let table = problem.location.object, let name = problem.location.key {
                    entries.append((Entry(table: table, name: name), problem))
                }
                continue
            }
            let stale = known ?? Self.entries(of: pool)
            known = stale
            guard let words = Words(problem.location) else { continue }
            for entry in stale[words] ?? [] { entries.append((entry, problem)) }
        }
        guard !entries.isEmpty else { return nil }
        self.entries = entries
    }

    package var actions: [RepairAction] {
        Dictionary(grouping: entries, by: \.entry.table).sorted { $0.key < $1.key }.map {
            table, own in
            RepairAction(
                cure: Self.name, repair: .rebuild,
                what:
                    "Take \(own.count.counted("entry")) of no damaged block out of the error log in object \(table) of the MOS",
                codes: Set(own.map(\.problem.kind.code)).sorted())
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for (table, own) in Dictionary(grouping: entries, by: \.entry.table) {
            let names = Set(own.map { ZAPEntry.Key.name([UInt8]($0.entry.name.utf8)) })
            try transaction.meta.edit(table) { object throws(RepairError) in
                try object.editZAP(salvaging: true) { map throws(RepairError) in
                    map.remove { names.contains($0.key) }
                }
            }
        }
    }
}

extension ErrorLogCure {
    /// What an entry stands for: dataset, object, level, index and, where that is told, birth.
    private struct Words: Hashable {
        let numbers: [UInt64]

        init(_ numbers: [UInt64]) { self.numbers = numbers }

        init?(_ location: Location) {
            guard let set = location.objectSet, let object = location.object,
                let level = location.level, let index = location.blockID
            else { return nil }
            let birth = location.txg.map { [$0.rawValue] } ?? []
            numbers = [set, object, UInt64(bitPattern: level), index] + birth
        }
    }

    /// All entries of both logs by what they stand for.
    private static func entries(of pool: Pool) -> [Words: [Entry]] {
        var entries: [Words: [Entry]] = [:]
        let isByHead = pool.features.isEnabled("head_errlog")
        for key in [ObjectDirectory.Key.errorsOfLast, .errorsOfScrub] {
            guard let log = pool.directory.object(key), let zap = try? pool.meta.zap(log) else {
                continue
            }
            for entry in zap.entries() {
                guard isByHead else {
                    let words = Words(numbers(entry.name))
                    entries[words, default: []].append(Entry(table: log, name: entry.name))
                    continue
                }
                guard let head = UInt64(entry.name, radix: 16), let table = entry.uint64,
                    let own = try? pool.meta.zap(table)
                else { continue }
                for entry in own.entries() {
                    let words = Words([head] + numbers(entry.name))
                    entries[words, default: []].append(Entry(table: table, name: entry.name))
                }
            }
        }
        return entries
    }

    private static func numbers(_ name: String) -> [UInt64] {
        name.split(separator: ":").compactMap { UInt64($0, radix: 16) }
    }
}
