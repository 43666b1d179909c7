package import Datasets
package import Verify

/// Makes the pool's configuration anew where it is lost, takes numbers of vdevs from the labels where it says what can't
/// be, and puts the list of the vdevs' own objects right.
///
/// Labels repeat most of the configuration, but not the objects of the vdevs, so a whole one is looked for first: in an
/// object that nothing leads to any more, and in the states of older uberblocks.
package struct PoolConfigCure: SteppedCure {
    package static let name = "config"
    package static let summary =
        "finds a lost configuration of the pool again, and mends the numbers of vdevs by the labels"

    let steps: [CureStep]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let own = findings.problems.filter { $0.kind.cure == Self.name }
        guard !own.isEmpty else { return nil }
        let lost = own.filter {
            [.configAbsent, .configNoTree].contains($0.kind)
                || $0.kind == .configUnreadable
                    && $0.location.object == pool.directory.object(.config)
        }
        if !lost.isEmpty {
            // Its own blocks that can't be read go with it.
            let blocks = findings.problems.filter { problem in
                problem.kind.cure == BlockCure.name && problem.location.objectSet == 0
                    && problem.location.object != nil
                    && problem.location.object == pool.directory.object(.config)
            }
            steps = [LostConfig(pool).step(lost + blocks)].compactMap(\.self)
        } else {
            steps =
                Self.mended(own.filter { $0.kind == .configVdev }, pool)
                + StripeNumbers(pool).steps(
                    own.filter { [.raidzExpansion, .draidGeometry].contains($0.kind) })
                + [VdevObjects(pool).step(own.filter { $0.kind == .configVdevZAP })]
                .compactMap(\.self)
        }
        guard !steps.isEmpty else { return nil }
    }

    /// Numbers of vdevs as the labels have them.
    private static func mended(_ problems: [Problem], _ pool: Pool) -> [CureStep] {
        guard let object = pool.directory.object(.config) else { return [] }
        let mending = ConfigMending(pool)
        return problems.compactMap { problem in
            guard let path = problem.location.key, problem.location.object == object,
                let list = pool.config?.list, mending.mend(list, path) != nil
            else { return nil }
            return CureStep(
                [problem], cure: name, "Write \(path) of the pool's configuration as the labels say"
            ) { transaction throws(RepairError) in
                try transaction.meta.edit(object) { draft throws(RepairError) in
                    guard let mended = mending.mend(try draft.packedList(), path) else {
                        throw .changed("there is no \(path) in the pool's configuration")
                    }
                    try draft.replacePackedList(mended)
                }
            }
        }
    }
}
