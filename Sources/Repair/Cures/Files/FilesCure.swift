package import Datasets
import Files
import Objects
package import Verify

/// Makes the files of file systems agree with their directories: entries, links, parents, the queue of files to be freed,
/// attributes, the tables that a file system begins with, and the sizes of volumes.
///
/// Files without a name go to `lost+found` of their file system. Only heads can be edited; what snapshots say stays.
package struct FilesCure: Cure {
    package static let name = "files"
    package static let summary =
        "makes entries, links and attributes of files agree; orphans go to lost+found"

    /// What is done in one file system.
    private struct Target {
        let objectSet: UInt64
        let filesystem: Filesystem
        let steps: [FileStep]
    }

    private let targets: [Target]
    private let volumes: [VolumeSize]
    package var cured: [Problem] {
        targets.flatMap { $0.steps.flatMap(\.problems) } + volumes.flatMap(\.problems)
    }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let sets = EditableSets(pool)
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        let groups = Dictionary(grouping: own.filter { $0.location.objectSet != nil }) {
            $0.location.objectSet ?? 0
        }
        volumes = groups.sorted { $0.key < $1.key }.compactMap { number, problems in
            guard let dataset = sets.dataset(number), let set = sets.set(number) else { return nil }
            return VolumeSize(dataset, set, problems)
        }
        targets = groups.sorted { $0.key < $1.key }.compactMap { number, problems in
            // Notes are seen to only where something else is put right.
            guard problems.contains(where: { $0.kind.severity.isDamage }), number != 0,
                let dataset = sets.dataset(number), let set = sets.set(number),
                let planner = FilesystemPlanner(dataset, set, problems), !planner.steps.isEmpty
            else { return nil }
            return Target(objectSet: number, filesystem: planner.filesystem, steps: planner.steps)
        }
        guard !targets.isEmpty || !volumes.isEmpty else { return nil }
    }

    package var actions: [RepairAction] {
        targets.flatMap { target in
            target.steps.map { step in
                RepairAction(
                    cure: Self.name, repair: step.repair, what: step.what,
                    codes: Set(step.problems.map(\.kind.code)).sorted(), losses: step.losses)
            }
        } + volumes.map { $0.action(Self.name) }
    }

    /// What is below a directory that is linked again can be checked now.
    package var uncovers: [RepairConsequence] {
        targets.flatMap { target in
            ["zpl", "sa", "accounting"].map { RepairConsequence($0, in: target.objectSet) }
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        let txg = transaction.txg
        for target in targets {
            try transaction.editDataset(target.objectSet) { set throws(RepairError) in
                var draft = FilesystemDraft(set, target.filesystem, txg: txg)
                for step in target.steps { try step.apply(&draft) }
                try draft.finish()
                set = draft.set
            }
        }
        for volume in volumes { try volume.apply(to: &transaction) }
    }
}
