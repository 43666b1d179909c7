import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The table of destroyed clones that wait to be freed, without the entries that can't be freed.
///
/// An entry under another number gets its own where nothing else is wrong with it; others are taken out. With the last one
/// the table goes itself, as in `livelist_delete_sync` (`module/zfs/spa.c`).
struct DeletedClones: Sendable {
    let steps: [CureStep]

    private static let feature = "com.delphix:livelist"

    init(_ problems: [Problem], _ owners: ListOwners, _ pool: Pool) {
        let own = problems.filter { $0.kind == .deletedClone }
        guard let table = pool.directory.object(.deletedClones),
            let entries = try? pool.meta.zap(table).entries(), !own.isEmpty
        else {
            steps = []
            return
        }
        let clones = Set(owners.graph.directories.values.compactMap(\.fields.livelist))
        let bad = Set(own.compactMap(\.location.key))
        var kept = Set(entries.filter { !bad.contains($0.name) }.compactMap(\.uint64))
        steps = own.compactMap { problem in
            guard let name = problem.location.key,
                let entry = entries.first(where: { $0.name == name })
            else { return nil }
            if let list = entry.uint64, UInt64(name, radix: 16) != list, !clones.contains(list),
                (try? pool.meta.object(list))?.type == .deadlist, kept.insert(list).inserted
            {
                return CureStep(
                    [problem], cure: LivelistCure.name,
                    "Enter the destroyed clone \(name) by its own number, \(String(list, radix: 16))"
                ) { transaction throws(RepairError) in
                    try transaction.meta.edit(table) { zap throws(RepairError) in
                        try zap.removeEntry(name)
                        try zap.setWord(String(list, radix: 16), list)
                    }
                }
            }
            return CureStep(
                [problem], cure: LivelistCure.name,
                "Take \(name) from the list of destroyed clones"
            ) { transaction throws(RepairError) in
                try Self.remove(name, from: table, in: &transaction)
            }
        }
    }

    private static func remove(
        _ name: String, from table: UInt64, in transaction: inout Transaction
    ) throws(RepairError) {
        var isEmpty = false
        try transaction.meta.edit(table) { zap throws(RepairError) in
            try zap.editZAP(salvaging: true) { map throws(RepairError) in
                map.remove(name)
                isEmpty = map.entries.isEmpty
            }
        }
        if isEmpty {
            try transaction.meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
                try object.salvageZAP(
                    setting: ObjectDirectory.Key.deletedClones.rawValue, to: nil)
            }
            try transaction.meta.free(table)
        }
        try transaction.meta.countFeature(feature, by: -1, of: transaction.pool)
    }
}
