package import Datasets
import Files
import Objects
import Vdevs
package import Verify

/// Sets fields of dnodes to what their trees and bonuses prove: space, last block, lengths, types, fill counts.
///
/// A dnode that can't be decoded is mended where its own pointers tell what is wrong; else it is given up.
package struct DnodeCure: Cure {
    package static let name = "dnodes"
    package static let summary =
        "sets fields of dnodes to what their trees prove; gives up those that can't be decoded"

    /// One object with what is done about it.
    private struct Target {
        let objectSet: UInt64
        let object: UInt64
        let place: String
        let fixes: [DnodeFix]
        let mending: DnodeMending?
        let losses: [RepairLoss]
        let problems: [Problem]
    }

    private let targets: [Target]
    package var cured: [Problem] { targets.flatMap(\.problems) }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let sets = EditableSets(pool)
        targets = EditableSets.groups(findings.problems, cure: Self.name).compactMap { group in
            guard let set = sets.set(group.objectSet) else { return nil }
            let place = sets.place(group.object, in: group.objectSet)
            guard let object = group.object == 0 ? set.metaObject : try? set.object(group.object)
            else {
                return Self.lost(group, set, sets)
            }
            let fixes = group.problems.compactMap { problem in
                DnodeFix(problem, of: object, in: set).map { (problem, $0) }
            }
            guard !fixes.isEmpty else { return nil }
            return Target(
                objectSet: group.objectSet, object: group.object, place: place,
                fixes: fixes.map(\.1), mending: nil, losses: [], problems: fixes.map(\.0))
        }
        guard !targets.isEmpty else { return nil }
    }

    private static func lost(
        _ group: (objectSet: UInt64, object: UInt64, problems: [Problem]), _ set: ObjectSet,
        _ sets: EditableSets
    ) -> Target? {
        let own = group.problems.filter { $0.kind == .dnodeInvalid }
        guard !own.isEmpty, group.object != 0,
            let mending = try? DnodeMending(group.object, in: set),
            // What the pool as a whole can't do without is not given up.
            mending.mended != nil || group.objectSet != 0
        else { return nil }
        let dataset = sets.dataset(group.objectSet)
        let loss = RepairLoss(
            dataset: dataset?.name, object: group.object, path: own.first?.location.path,
            "the object, whose dnode can't be decoded")
        return Target(
            objectSet: group.objectSet, object: group.object,
            place: sets.place(group.object, in: group.objectSet), fixes: [], mending: mending,
            losses: mending.mended == nil ? [loss] : [], problems: own)
    }

    package var actions: [RepairAction] {
        targets.flatMap { target in
            let codes = Set(target.problems.map(\.kind.code)).sorted()
            guard let mending = target.mending else {
                return target.fixes.map { fix in
                    RepairAction(
                        cure: Self.name, repair: .rebuild, what: "\(fix.what) \(target.place)",
                        codes: codes)
                }
            }
            return [
                RepairAction(
                    cure: Self.name, repair: mending.mended == nil ? .discard : .rebuild,
                    what: mending.mended == nil
                        ? "Free the dnode of \(target.place), which can't be decoded"
                        : "Mend the dnode of \(target.place) by what its pointers say",
                    codes: codes, losses: target.losses)
            ]
        }
    }

    /// An object that can be read again, or is gone, changes what everything else says of it.
    package var uncovers: [RepairConsequence] {
        targets.flatMap { target -> [RepairConsequence] in
            let isReadAnew =
                target.mending != nil || target.fixes.contains(where: \.changesContents)
            guard isReadAnew else { return [] }
            return Self.dependents.map { RepairConsequence($0) }
        }
    }

    private static let dependents = [
        "zpl", "sa", "zap", "accounting", "dsl", "feature", "spacemap", "bpobj", "deadlist",
    ]

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for target in targets {
            try transaction.edit(target.objectSet) { set throws(RepairError) in
                if let mending = target.mending {
                    if let mended = mending.mended {
                        try set.replaceDnode(target.object, by: mended)
                    } else {
                        set.erase(target.object, slots: mending.slots)
                    }
                    return
                }
                for fix in target.fixes {
                    if target.object == 0 {
                        if case .touch(let slot) = fix {
                            try set.touchDnodes(below: slot)
                        } else {
                            try set.editDnodes { object throws(RepairError) in
                                try fix.apply(to: &object)
                            }
                        }
                    } else {
                        try set.edit(target.object) { object throws(RepairError) in
                            try fix.apply(to: &object)
                        }
                    }
                }
            }
        }
    }
}
