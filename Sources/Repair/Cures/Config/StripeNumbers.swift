import Bytes
import Datasets
import Vdevs
import Verify

/// The numbers by which a RAID-Z or dRAID spreads its blocks, as the labels have them, and what the vdev's own object says of
/// its expansion, as the numbers have it.
struct StripeNumbers: Sendable {
    private let pool: Pool

    init(_ pool: Pool) { self.pool = pool }

    func steps(_ problems: [Problem]) -> [CureStep] {
        guard let object = pool.directory.object(.config) else { return [] }
        let numbers = problems.filter { $0.location.object == object }
        let states = problems.filter { $0.kind == .raidzExpansion && $0.location.object != object }
        let steps = Dictionary(grouping: numbers) { $0.location.key ?? "" }
            .sorted { $0.key < $1.key }.compactMap { numberStep($1, $0, object) }
        return steps + states.compactMap(stateStep)
    }

    private func numberStep(
        _ problems: [Problem], _ path: String, _ object: UInt64
    ) -> CureStep? {
        let mending = ConfigMending(pool)
        let newest = pool.txg
        guard let list = pool.config?.list,
            mending.mendStripes(list, path, newest: newest) != nil
        else { return nil }
        return CureStep(
            problems, cure: PoolConfigCure.name,
            "Write the numbers of \(path) in the pool's configuration as the labels say"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(object) { draft throws(RepairError) in
                guard
                    let mended = mending.mendStripes(
                        try draft.packedList(), path, newest: newest)
                else { throw .changed("there is no \(path) in the pool's configuration") }
                try draft.replacePackedList(mended)
            }
        }
    }

    /// Where labels, configuration and uberblock agree whether the vdev is growing.
    private func stateStep(_ problem: Problem) -> CureStep? {
        guard let zap = problem.location.object,
            let top = pool.rootConfig.children.first(where: { $0.topZAP == zap }),
            let label = pool.candidate.root.children.first(where: { $0.guid == top.guid }),
            label.isExpanding == top.isExpanding, label.expansionTxgs == top.expansionTxgs,
            top.isExpanding || pool.uberblock.reflow.word == 0
        else { return nil }
        let name = VdevZAP.expansionStateName
        let state = VdevZAP.expansionState(of: top)
        let what =
            switch state {
            case 1: "is under way"
            case nil: "never began"
            default: "has ended"
            }
        return CureStep(
            [problem], cure: PoolConfigCure.name,
            "Let the object of vdev \(top.id ?? 0) say that its expansion \(what), as its devices do"
        ) { transaction throws(RepairError) in
            try transaction.meta.edit(zap) { draft throws(RepairError) in
                if let state {
                    try draft.setWord(name, state)
                } else {
                    try draft.removeEntry(name)
                }
            }
        }
    }
}
