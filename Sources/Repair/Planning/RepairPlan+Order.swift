import Datasets
import Verify

extension RepairPlan {
    /// The cures that have something to do, but for those that have to wait for another round.
    ///
    /// What is damaged hides or falsifies what depends on it: a count that was taken while a table could not be read is no
    /// count. So a cure waits where a cure before it says that its problems may look different afterwards.
    static func wanted(
        _ cures: [any Cure.Type], _ findings: VerifyResult, _ pool: Pool
    ) -> [any Cure] {
        var wanted: [any Cure] = []
        let isReason =
            CureCatalogue.isChoice(cures)
            || findings.problems.contains { $0.kind.severity.isDamage }
        for cure in cures where isReason || cure.isWorthAGroup {
            guard let cure = cure.init(findings, of: pool) else { continue }
            let hidden = wanted.flatMap(\.uncovers)
            let waits = cure.cured.contains { problem in
                hidden.contains { $0.explains(problem) }
            }
            if !waits { wanted.append(cure) }
        }
        return wanted
    }
}
