package import Datasets
import Files
import Objects
package import Verify

/// Cuts intent logs off before the first record that can't be replayed; drops those of which none can be.
///
/// Only a log that a pool has claimed says where it ends, so only such a one can be cut; the others are dropped as a whole.
/// The dataset is then as of its last transaction group: what was made durable since is listed record by record.
package struct LogCure: Cure {
    package static let name = "zil"
    package static let summary =
        "cuts intent logs off before the first bad record, or drops them"

    private let cuts: [LogCut]
    package var cured: [Problem] { cuts.flatMap(\.problems) }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let sets = EditableSets(pool)
        let own = findings.problems.filter {
            $0.kind.cure == Self.name && $0.location.objectSet != nil
        }
        let groups = Dictionary(grouping: own) { $0.location.objectSet ?? 0 }
        cuts = groups.sorted { $0.key < $1.key }.compactMap { number, problems in
            guard let dataset = sets.dataset(number), let set = sets.set(number) else { return nil }
            return LogCut(dataset, set, problems)
        }
        guard !cuts.isEmpty else { return nil }
    }

    package var actions: [RepairAction] {
        cuts.map { cut in
            RepairAction(
                cure: Self.name, repair: cut.losses.isEmpty ? .rebuild : .discard, what: cut.what,
                codes: Set(cut.problems.map(\.kind.code)).sorted(), losses: cut.losses)
        }
    }

    /// Blocks of a log that was claimed are in the space maps, and nobody's afterwards.
    package var uncovers: [RepairConsequence] {
        cuts.flatMap { cut in
            [RepairConsequence("spacemap"), RepairConsequence("zil", in: cut.objectSet)]
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for cut in cuts {
            try transaction.editDataset(cut.objectSet) { set throws(RepairError) in
                try cut.apply(to: &set)
            }
        }
    }
}
