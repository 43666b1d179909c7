package import Datasets
package import Verify

/// The cure `spacemaps`: what `SpaceMapCure` writes, as a plan tells of it.
package struct SpaceMapsCure: Cure {
    package static let name = "spacemaps"
    package static let summary = "writes space maps anew from what owns space"

    package let cured: [Problem]
    package let actions: [RepairAction]
    private let cure: SpaceMapCure

    package init?(_ findings: VerifyResult, of pool: Pool) {
        guard let survey = findings.space?.survey else { return nil }
        // What is kept for a checkpoint is claimed by its map: while that is wrong, so would be what is written from it.
        guard
            !survey.isComplete
                || !findings.problems.contains(where: { $0.kind == .checkpointMap })
        else { return nil }
        let cure = SpaceMapCure(survey)
        let cured = findings.problems.filter { $0.kind.cure == Self.name }
        guard !cure.isEmpty, !cured.isEmpty else { return nil }
        self.cure = cure
        self.cured = cured
        actions = cure.metaslabs.map { position in
            let metaslab = survey.metaslabs[position]
            let (vdev, number) = (metaslab.geometry.vdev, metaslab.index)
            let own = cured.filter {
                $0.location.vdev == UInt64(vdev) && $0.location.metaslab == UInt64(number)
            }
            let codes = Set((own.isEmpty ? cured : own).map(\.kind.code)).sorted()
            return RepairAction(
                cure: Self.name, repair: .rebuild,
                what:
                    "Write the space map of metaslab \(number) of vdev \(vdev) anew from the census",
                codes: codes)
        }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        cure.apply(to: &transaction)
    }
}
