import Bytes
package import Datasets
import Objects
package import Verify

/// The cure `spacemaps`: what `SpaceMapCure` writes, as a plan tells of it.
package struct SpaceMapsCure: Cure {
    package static let name = "spacemaps"
    package static let summary =
        "writes space maps anew from what owns space, and notes anew what is obsolete of removed vdevs"

    package let cured: [Problem]
    package let actions: [RepairAction]
    private let cure: SpaceMapCure
    /// Words behind the last metaslab of a vdev's arrays.
    private let surplus: [Problem]
    /// Maps and counts of what is obsolete, which belong to no metaslab.
    private let obsolete: [ObsoleteRebuild]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard let survey = findings.space?.survey else { return nil }
        // What is kept for a checkpoint is claimed by its map: while that is wrong, so would be what is written from it.
        guard
            !survey.isComplete
                || !findings.problems.contains(where: { $0.kind == .checkpointMap })
        else { return nil }
        // Copies of a vdev that is being removed have no owner as long as nothing tells that they are such.
        guard !findings.problems.contains(where: { $0.kind == .removalState }) else { return nil }
        // A walk that begins at the wrong group passes blocks over, and nothing that they own is free.
        guard !findings.problems.contains(where: { $0.kind == .dslChain }) else { return nil }
        let cure = Self.cure(survey, findings, pool)
        let surplus = findings.problems.filter { $0.kind == .metaslabPastLast }
        let obsolete = ObsoleteRebuild.all(findings.problems, pool, findings.context)
        let ofMetaslabs =
            cure.isEmpty
            ? surplus
            : findings.problems.filter { problem in
                problem.kind.cure == Self.name && !ObsoleteRebuild.kinds.contains(problem.kind)
                    || Self.isOfLogList(problem, pool)
            }
        let cured = ofMetaslabs + obsolete.flatMap(\.problems)
        guard !cured.isEmpty else { return nil }
        self.cure = cure
        self.surplus = surplus
        self.obsolete = obsolete
        self.cured = cured
        let cleared = surplus.map { problem in
            RepairAction(
                cure: Self.name, repair: .rebuild,
                what:
                    "Clear the word behind the last metaslab of vdev \(problem.location.vdev ?? 0) in "
                    + "object \(problem.location.object ?? 0) of the MOS",
                codes: [problem.kind.code])
        }
        actions =
            cleared
            + cure.metaslabs.map { position in
                let metaslab = survey.metaslabs[position]
                let (vdev, number) = (metaslab.geometry.vdev, metaslab.index)
                let own = ofMetaslabs.filter {
                    $0.kind != .metaslabPastLast && $0.location.vdev == UInt64(vdev)
                        && $0.location.metaslab == UInt64(number)
                }
                let codes = Set((own.isEmpty ? ofMetaslabs : own).map(\.kind.code)).sorted()
                return RepairAction(
                    cure: Self.name, repair: .rebuild,
                    what:
                        "Write the space map of metaslab \(number) of vdev \(vdev) anew from the census",
                    codes: codes)
            } + obsolete.map { $0.action(of: Self.name) }
    }

    /// The list of the logs is emptied when all are folded in, whatever is wrong with it.
    private static func isOfLogList(_ problem: Problem, _ pool: Pool) -> Bool {
        problem.kind.severity.isDamage && problem.location.objectSet == 0
            && problem.location.object != nil
            && problem.location.object == pool.directory.object(.logSpaceMaps)
    }

    /// A log that is wrong goes with all others, which takes all metaslabs to be written.
    private static func cure(
        _ survey: SpaceSurvey, _ findings: VerifyResult, _ pool: Pool
    ) -> SpaceMapCure {
        let cure = SpaceMapCure(survey)
        let logs = Set(pool.logSpaceMaps().logs.map(\.map.object.number))
        let inLogs = findings.problems.filter { problem in
            isOfLogList(problem, pool)
                || problem.kind.cure == name
                    && (problem.kind.family == "logspacemap"
                        || problem.location.object.map(logs.contains) ?? false)
        }
        let folds = inLogs.contains { $0.kind.severity.isDamage || !cure.isEmpty }
        return folds ? SpaceMapCure(survey, foldingLogs: true) : cure
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        cure.apply(to: &transaction)
        for rebuild in obsolete { try rebuild.apply(to: &transaction) }
        for problem in surplus {
            guard let array = problem.location.object, let metaslab = problem.location.metaslab
            else { continue }
            try transaction.meta.edit(array) { object throws(RepairError) in
                let perBlock = UInt64(try object.blockSize / 8)
                try object.editBlock(metaslab / perBlock) { (bytes, order) throws(FormatError) in
                    try Field<UInt64>("metaslab", at: Int(metaslab % perBlock) * 8)
                        .write(0, into: &bytes, order)
                }
            }
        }
    }
}
