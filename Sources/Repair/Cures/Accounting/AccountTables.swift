import Bytes
import Datasets
import Objects
import Verify

/// The tables in which a file system counts what each user, group and project has, by problems with their entries.
struct AccountTables {
    private let pool: Pool
    /// By the object of the dataset.
    private let byDataset: [UInt64: [Change]]

    /// What is to become of one entry.
    private struct Change: Sendable {
        let problem: Problem
        /// The object of the table: one of the three that stand in the header of the object set.
        let table: UInt64
        let name: String
        /// What it must count; nil for an entry that is none of anybody's.
        let amount: UInt64?
    }

    init(_ problems: [Problem], _ pool: Pool) {
        self.pool = pool
        byDataset = Dictionary(grouping: problems.filter { $0.location.objectSet ?? 0 != 0 }) {
            $0.location.objectSet ?? 0
        }.mapValues { $0.compactMap(Self.change) }
    }

    /// Where each table is.
    private static let tables: [Substring: UInt64] = [
        "userused": ObjectSet.userUsedObject, "groupused": ObjectSet.groupUsedObject,
        "projectused": ObjectSet.projectUsedObject,
    ]

    private static func change(_ problem: Problem) -> Change? {
        guard let parts = problem.location.key?.split(separator: "/", maxSplits: 1),
            parts.count == 2, let table = tables[parts[0]]
        else { return nil }
        let amount = problem.evidence["expected"]?.unsigned
        guard problem.kind == .accountingEntry || amount != nil else { return nil }
        return Change(
            problem: problem, table: table, name: String(parts[1]),
            // Who has nothing has no entry.
            amount: problem.kind == .accountingEntry || amount == 0 ? nil : amount)
    }

    var steps: [CureStep] {
        byDataset.sorted { $0.key < $1.key }.compactMap { dataset, changes in
            guard
                let set = try? DatasetLedger(pool: pool, deflation: pool.deflation)
                    .draft(of: dataset)
            else { return nil }
            let possible = changes.filter { (try? set.object($0.table)) != nil }
            guard let first = possible.first else { return nil }
            let name = first.problem.location.dataset ?? "dataset \(dataset)"
            return CureStep(
                possible.map(\.problem), cure: AccountingCure.name,
                "Count anew what users, groups and projects have in \(name): \(possible.count.counted("entry"))"
            ) { transaction throws(RepairError) in
                try transaction.editDataset(dataset) { set throws(RepairError) in
                    for change in possible { try Self.apply(change, to: &set) }
                }
            }
        }
    }

    private static func apply(
        _ change: Change, to set: inout ObjectSetDraft
    ) throws(RepairError) {
        try set.edit(change.table) { zap throws(RepairError) in
            if let amount = change.amount {
                try zap.setWord(change.name, amount)
            } else {
                try zap.removeEntry(change.name)
            }
        }
    }
}
