import Bytes
package import Datasets
package import Verify

/// Names snapshots again whose names were lost: `recovered-73` after the object, since nothing else is left of them.
package struct SnapshotNameCure: Cure {
    package static let name = "dsl"
    package static let summary = "names snapshots again whose names were lost"

    /// A snapshot without a name, and where names of its file system stand.
    private struct Lost {
        let problem: Problem
        let snapshot: UInt64
        let names: UInt64
        var name: String { "recovered-\(snapshot)" }
    }

    private let lost: [Lost]
    package var cured: [Problem] { lost.map(\.problem) }
    package var actions: [RepairAction] {
        lost.map { lost in
            RepairAction(
                cure: Self.name, repair: .rebuild,
                what:
                    "Name the snapshot in object \(lost.snapshot) of \(lost.problem.location.dataset ?? "the pool") \(lost.name)",
                codes: [lost.problem.kind.code])
        }
    }

    package init?(_ findings: VerifyResult, of pool: Pool) {
        lost = findings.problems.compactMap { problem in
            guard problem.kind == .dslSnapshotName, let snapshot = problem.location.object,
                let names = problem.evidence["names"]?.unsigned
            else { return nil }
            return Lost(problem: problem, snapshot: snapshot, names: names)
        }
        guard !lost.isEmpty else { return nil }
    }

    package func apply(to transaction: inout Transaction) throws(RepairError) {
        for lost in lost {
            try transaction.meta.edit(lost.names) { map throws(RepairError) in
                try map.setWord(lost.name, lost.snapshot)
            }
        }
    }
}
