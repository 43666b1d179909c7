import Bytes
package import Datasets
import Devices
package import Verify

/// Writes labels of a device anew from its best one: those that are damaged, wiped, older, or of another pool.
///
/// A commit writes all sound labels anyway; this adds the others.
package struct LabelCure: Cure {
    package static let name = "labels"
    package static let summary =
        "writes damaged, wiped and foreign labels anew from a good one of the same device"

    package let cured: [Problem]
    package let actions: [RepairAction]
    private let labels: [GUID: Set<Int>]

    package init?(_ findings: VerifyResult, of pool: Pool) {
        let guids = Dictionary(
            pool.candidate.devices.map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        var labels: [GUID: Set<Int>] = [:]
        var cured: [Problem] = []
        var actions: [RepairAction] = []
        for problem in findings.problems where Self.kinds.contains(problem.kind) {
            guard let device = problem.location.device, let guid = guids[device],
                let label = problem.location.label.flatMap({ Int(exactly: $0) })
            else { continue }
            cured.append(problem)
            guard labels[guid, default: []].insert(label).inserted else { continue }
            actions.append(
                RepairAction(
                    cure: Self.name, repair: .restore,
                    what: "Write the configuration of label \(label) of \(device) anew",
                    codes: [problem.kind.code]))
        }
        guard !cured.isEmpty else { return nil }
        self.labels = labels
        self.cured = cured
        self.actions = actions
    }

    /// What a good copy of the configuration cures.
    private static let kinds: Set<ProblemKind> = Set(
        [.labelMissing, .labelChecksum, .labelNVList, .labelInconsistent, .labelOlder]
            + ProblemKind.nvlists)

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        transaction.restoredLabels.merge(labels) { $0.union($1) }
    }
}
