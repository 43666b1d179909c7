import Bytes
import Datasets
import Vdevs

/// RE1, RE2: a RAID-Z that is or was expanded: when it grew, whether it is growing, and how far it says that it is.
///
/// Where the widths of its rows are wrong blocks can't be read, which is told of each; this looks at the books beside them.
/// Mirrors what `vdev_raidz_load` and `raidz_reflow_sync` (`module/zfs/vdev_raidz.c`) rely on.
struct RaidzExpansionCheck: Check {
    static let kinds: [ProblemKind] = [.raidzExpansion]

    func run(_ context: CheckContext) {
        let pool = context.pool
        for (index, top) in pool.rootConfig.children.enumerated() where top.kind == .raidz {
            for flaw in flaws(of: top, pool.zap(of: top), pool) {
                var place = Location()
                place.vdev = top.id ?? UInt64(index)
                context.report(
                    Problem(.raidzExpansion, at: place, evidence: Record(["cause": .text(flaw)])))
            }
        }
    }

    private func flaws(of top: VdevConfig, _ zap: VdevZAP, _ pool: Pool) -> [String] {
        var flaws: [String] = []
        let txgs = top.expansionTxgs
        if zip(txgs, txgs.dropFirst()).contains(where: { $0 >= $1 }) {
            flaws.append("the groups in which it grew are not in order")
        }
        if let last = txgs.max(), last > pool.txg {
            flaws.append("it grew in txg \(last), and the newest is \(pool.txg)")
        }
        if let state = zap.expansionState, (state == Self.running) != top.isExpanding {
            flaws.append(
                "raidz_expand_state is \(state), and the configuration says that it is \(top.isExpanding ? "" : "not ")being expanded"
            )
        }
        if top.isExpanding, let size = top.asize, pool.uberblock.reflow.offset > size {
            flaws.append(
                "the uberblock says that \(pool.uberblock.reflow.offset) of its \(size) bytes are done"
            )
        }
        return flaws
    }

    /// `DSS_SCANNING` (`include/sys/fs/zfs.h`).
    private static let running: UInt64 = 1
}
