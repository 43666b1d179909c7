package import Datasets
import Objects
import Vdevs
package import Verify

/// Gives up livelists that do not agree with their clones, and takes those that can't be any from the list of destroyed
/// clones.
///
/// A livelist only makes the destruction of its clone faster; without one ZFS walks the clone's tree, as it does when it gives
/// a livelist up itself, once the clone has little left in common with its origin (`dsl_dir_remove_livelist`,
/// `module/zfs/dsl_dir.c`).
package struct LivelistCure: SteppedCure {
    package static let name = "livelists"
    package static let summary =
        "gives up livelists that do not agree with their clones, and destroyed clones that can't be freed"

    let steps: [CureStep]

    /// A livelist that is given up.
    struct Lost: Sendable {
        let directory: UInt64
        let livelist: UInt64
        let problems: [Problem]
    }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let kinds: Set<String> = ["livelist", "bpobj"]
        guard let context = findings.context,
            findings.problems.contains(where: { kinds.contains($0.kind.family) })
        else { return nil }
        let owners = ListOwners(pool, context.dsl.graph(context))
        let live = Self.lost(findings, owners).map { lost in
            let name = owners.graph.directories[lost.directory]?.name
            let lists = (owners.named[lost.livelist] ?? []).map(\.list)
            return CureStep(
                lost.problems, cure: Self.name, as: .discard,
                "Give up the livelist of \(name ?? "directory \(lost.directory)"), which makes destroying it faster"
            ) { transaction throws(RepairError) in
                let writer = PointerListRebuild(pool: pool, deflation: pool.deflation)
                try Self.drop(lost, lists, owners.emptyList, writer, from: &transaction)
            }
        }
        steps = live + DeletedClones(findings.problems, owners, pool).steps
        guard !steps.isEmpty else { return nil }
    }

    /// The livelists that something is wrong with, each with all that is wrong with its lists.
    static func lost(_ findings: VerifyResult, _ owners: ListOwners) -> [Lost] {
        let wrong = findings.problems.filter {
            $0.kind.family == "livelist" || $0.kind == .listUnreadable
        }
        return owners.graph.sortedDirectories.compactMap { directory in
            guard let livelist = directory.fields.livelist, livelist != 0 else { return nil }
            let leads = { (problem: Problem) in
                problem.location.objectSet == 0
                    && problem.location.object.map {
                        owners.livelists(of: $0).contains(livelist)
                    } ?? false
            }
            guard wrong.contains(where: leads) else { return nil }
            let kinds: Set<String> = ["livelist", "bpobj"]
            return Lost(
                directory: directory.object, livelist: livelist,
                problems: findings.problems.filter {
                    kinds.contains($0.kind.family) && leads($0)
                })
        }
    }

    private static func drop(
        _ lost: Lost, _ lists: [UInt64], _ emptyList: UInt64?, _ writer: PointerListRebuild,
        from transaction: inout Transaction
    ) throws(RepairError) {
        try transaction.meta.edit(lost.directory) { directory throws(RepairError) in
            try directory.removeEntry("com.delphix:livelist")
        }
        for list in lists where list != emptyList {
            guard (try? transaction.pool.meta.object(list))?.type == .blockPointerList else {
                continue
            }
            try writer.free(list, in: &transaction.meta)
        }
        try writer.freeOne(lost.livelist, in: &transaction.meta)
        try writer.releaseEmpty(lists.count { $0 == emptyList }, in: &transaction.meta)
        try transaction.meta.countFeature("com.delphix:livelist", by: -1, of: transaction.pool)
    }
}
