import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// The queue of destroyed datasets, which is to be given up since something of it can't be read.
///
/// The kernel comes to the same block again with every transaction group and never gets past it. What the queue stood for
/// is claimed by nobody then, so that the next round finds its space free. Mirrors how `dsl_process_async_destroys`
/// (`module/zfs/dsl_scan.c`) ends.
struct DestroyCancel: Sendable {
    private let problems: [Problem]
    private let queue: UInt64
    private let pool: Pool

    init?(_ problems: [Problem], _ pool: Pool) {
        guard let queue = pool.directory.object(.destroyedTrees) else { return nil }
        let own = problems.filter { problem in
            problem.kind == .listUnreadable && problem.location.object == queue
                || problem.location.objectSet == queue && problem.kind.severity.isDamage
        }
        guard !own.isEmpty else { return nil }
        self.problems = own
        self.queue = queue
        self.pool = pool
    }

    private static let feature = "com.delphix:async_destroy"

    /// Space that is claimed no more, and the books that count it.
    static let uncovers = ["spacemap", "accounting", "dsl", "feature", "bpobj"].map {
        RepairConsequence($0)
    }

    var step: CureStep {
        CureStep(
            problems, cure: StuckCure.name, as: .discard,
            "Give up the queue of destroyed datasets, of which not all can be read",
            losses: [
                RepairLoss(
                    object: queue,
                    "what is left of destroyed datasets, whose space another round finds free")
            ], apply)
    }

    @Sendable private func apply(to transaction: inout Transaction) throws(RepairError) {
        try transaction.meta.edit(ObjectDirectory.objectNumber) { object throws(RepairError) in
            try object.salvageZAP(setting: ObjectDirectory.Key.destroyedTrees.rawValue, to: nil)
        }
        try transaction.meta.free(queue, ignoringDamage: true)
        try transaction.meta.countFeature(Self.feature, by: -1, of: pool)
    }
}
