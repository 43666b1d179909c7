import Bytes
package import Datasets
import Files
import Objects
import Vdevs
package import Verify

/// Puts damaged ZAPs together anew from all entries that can be read: of the MOS, of directories, of tables of accounts.
///
/// Of two entries with one name the first stays; a file that loses its name so is an orphan, which the next round finds and
/// links into `lost+found`. Snapshots are left as they are: what is damaged there is gone only with them.
package struct ZAPCure: Cure {
    package static let name = "zap"
    package static let summary = "builds damaged ZAPs anew from all entries that can be read"

    /// One ZAP and what will not be in it any more.
    private struct Target {
        let objectSet: UInt64
        let object: UInt64
        let place: String
        let entryCount: Int
        let losses: [RepairLoss]
        let problems: [Problem]
        let snapshots: [UInt64]
    }

    private let targets: [Target]
    package var cured: [Problem] { targets.flatMap(\.problems) }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let sets = EditableSets(pool)
        targets = EditableSets.groups(findings.problems, cure: Self.name).compactMap { group in
            guard let set = sets.set(group.objectSet),
                let object = try? set.object(group.object),
                let contents = try? ZAPContents(ObjectDraft(object))
            else { return nil }
            let dataset = sets.dataset(group.objectSet)
            let path = object.type == .directory ? Self.path(of: group.object, in: set) : nil
            return Target(
                objectSet: group.objectSet, object: group.object,
                place: sets.place(group.object, in: group.objectSet),
                entryCount: contents.entries.count,
                losses: contents.losses.map { loss in
                    let value = loss.value.map { " (0x\(String($0, radix: 16)))" } ?? ""
                    let what = loss.name.map { "the entry \($0)\(value): \(loss.why)" } ?? loss.why
                    return RepairLoss(
                        dataset: dataset?.name, object: group.object, path: path, what)
                }, problems: group.problems, snapshots: sets.snapshots(of: group.objectSet))
        }
        guard !targets.isEmpty else { return nil }
    }

    private static func path(of object: UInt64, in set: ObjectSet) -> String? {
        guard let filesystem = try? Filesystem(set), let path = try? filesystem.path(of: object)
        else { return nil }
        return Filesystem.text(path)
    }

    package var actions: [RepairAction] {
        targets.map { target in
            RepairAction(
                cure: Self.name, repair: target.losses.isEmpty ? .rebuild : .discard,
                what:
                    "Write the ZAP in \(target.place) anew from its \(target.entryCount.counted("entry"))",
                codes: Set(target.problems.map(\.kind.code)).sorted(), losses: target.losses)
        }
    }

    package var uncovers: [RepairConsequence] {
        targets.flatMap { target in
            guard target.objectSet != 0 else {
                return target.losses.isEmpty ? [] : Self.metaFamilies.map { RepairConsequence($0) }
            }
            return ["zpl", "sa", "accounting"].map { RepairConsequence($0, in: target.objectSet) }
                + target.snapshots.map { RepairConsequence("zap", in: $0) }
        }
    }

    /// What depends on tables of the MOS.
    private static let metaFamilies = [
        "feature", "dsl", "object", "bookmark", "config", "ddt", "brt",
    ]

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for target in targets {
            try transaction.edit(target.objectSet) { set throws(RepairError) in
                try set.edit(target.object) { object throws(RepairError) in
                    try object.editZAP(salvaging: true) { _ throws(RepairError) in }
                }
            }
        }
    }
}
