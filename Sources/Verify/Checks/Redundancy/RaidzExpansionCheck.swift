import Bytes
import Datasets
import Vdevs

/// RE1, RE2: a RAID-Z that is or was expanded: when it grew, whether it is growing, and how far it says that it is.
///
/// Where the widths of its rows are wrong blocks can't be read, which is told of each; this looks at the books beside them.
/// Mirrors what `vdev_raidz_load` and `raidz_reflow_sync` (`module/zfs/vdev_raidz.c`) rely on.
struct RaidzExpansionCheck: Check {
    static let kinds: [ProblemKind] = [.raidzExpansion, .uberblockReflow]

    func run(_ context: CheckContext) {
        let pool = context.pool
        if let root = pool.config?.root {
            var place = Location()
            place.objectSet = 0
            place.object = pool.directory.object(.config)
            for problem in Self.problems(root, newest: pool.txg, at: place) {
                context.report(problem)
            }
        }
        for (index, top) in pool.rootConfig.children.enumerated() where top.kind == .raidz {
            guard let flaw = stateFlaw(of: top, pool.zap(of: top)) else { continue }
            var place = Location()
            place.objectSet = 0
            place.object = top.topZAP
            place.vdev = top.id ?? UInt64(index)
            place.key = VdevZAP.expansionStateName
            context.report(Self.problem(flaw, at: place))
        }
        for flaw in reflowFlaws(pool) {
            context.report(
                Problem(
                    .uberblockReflow, at: Location(txg: pool.txg),
                    evidence: Record([
                        "found": .record(pool.uberblock.reflow.record),
                        "used": .record(pool.reflow.record), "cause": .text(flaw),
                    ])))
        }
    }

    /// What is wrong in a tree, whether from the pool or from labels.
    static func problems(
        _ root: VdevConfig, newest: TransactionGroup?, at base: Location
    ) -> [Problem] {
        guard let newest else { return [] }
        var problems: [Problem] = []
        for (index, top) in root.children.enumerated() {
            for flaw in top.expansionFlaws(newest: newest) {
                var place = base
                place.vdev = top.id ?? UInt64(index)
                place.key = "\(ConfigKey.vdevTree).\(ConfigKey.children)[\(index)]"
                problems.append(problem(flaw, at: place))
            }
        }
        return problems
    }

    private static func problem(_ flaw: String, at place: Location) -> Problem {
        Problem(.raidzExpansion, at: place, evidence: Record(["cause": .text(flaw)]))
    }

    /// What the vdev's own note says against the configuration.
    private func stateFlaw(of top: VdevConfig, _ zap: VdevZAP) -> String? {
        guard let state = zap.expansionState,
            state != VdevZAP.expansionState(of: top)
        else { return nil }
        let growth =
            top.isExpanding
            ? "is being expanded"
            : top.expansionTxgs.isEmpty ? "was never expanded" : "has been expanded"
        return "\(VdevZAP.expansionStateName) is \(state), and by the configuration it \(growth)"
    }

    /// What the uberblock says against the configuration, of which one vdev at most can be growing.
    private func reflowFlaws(_ pool: Pool) -> [String] {
        let growing = pool.rootConfig.children.filter(\.isExpanding)
        guard !growing.isEmpty else {
            return pool.config?.root != nil && pool.uberblock.reflow.word != 0
                ? ["no vdev is being expanded"] : []
        }
        guard growing.count == 1 else { return ["\(growing.count) vdevs are being expanded"] }
        let flaws = growing[0].flaws(of: pool.uberblock.reflow)
        guard flaws.isEmpty, pool.reflow != pool.uberblock.reflow else { return flaws }
        return ["blocks are found as after \(pool.reflow.offset) bytes"]
    }
}
