import Bytes
package import Datasets
import Devices
import Vdevs
package import Verify

/// The pool as it would be after a plan, for checking before anything is written.
package enum RepairPreview {
    /// The pool with the plan's writes laid over its devices; throws where it would not open.
    package static func pool(
        after plan: RepairPlan, of pool: Pool
    ) throws(RepairError) -> Pool {
        var candidate = pool.candidate
        for (guid, writes) in Dictionary(grouping: plan.commit.writes, by: \.device) {
            guard let device = candidate.devices[guid] else {
                throw .changed("the device with GUID \(guid) is gone")
            }
            do {
                candidate.devices[guid] = try Overlay(device, patches: writes.map(\.patch))
            } catch {
                throw .device(error)
            }
        }
        let overlaid = candidate
        let after = try RepairError.pool { () throws(PoolError) in try Pool.open(overlaid) }
        guard after.txg == plan.commit.txg else {
            throw .refused(
                "after the plan the pool would open at txg \(after.txg), not at \(plan.commit.txg)")
        }
        return after
    }

    /// How much of the pool the preview has to read; nil for as much as the check that the plan was made from.
    ///
    /// A plan that cures nothing of what only file data tell needs none of it: the census of the preview shows that no new
    /// block lies where another one is, so what is stored under unchanged pointers is what it was when it was checked.
    static func depth(of plan: RepairPlan) -> VerifyDepth? {
        let needsNoData = plan.cured.allSatisfy { metadataFamilies.contains($0.kind.family) }
        return needsNoData && !plan.cured.isEmpty ? .quick : nil
    }

    /// The families of problems that are found in metadata alone. What lists of blocks hold is not among them: a quick look
    /// compares sums and not the lists.
    private static let metadataFamilies: Set<String> = [
        "label", "uberblock", "config", "nvlist", "cachefile", "object", "dnode", "zap", "spacemap",
        "metaslab", "logspacemap", "checkpoint", "dsl", "bookmark", "ddt", "brt",
        "sa", "zpl", "feature", "accounting", "history", "errlog", "scan", "indirect",
    ]

    /// What speaks against the plan, one sentence each; none where it cures what it claims and harms nothing.
    package static func objections(
        to plan: RepairPlan, before: VerifyResult, after: VerifyResult
    ) -> [String] {
        var objections: [String] = []
        let old = Set(before.problems.flatMap(Identity.all))
        for problem in uncured(by: plan, after: after) {
            objections.append(
                "\(problem.kind.code) at \(place(problem)) would still be there")
        }
        for problem in after.problems
        where problem.kind.severity.isDamage && !old.contains(Identity(problem))
            && !plan.uncovers.contains(where: { $0.explains(problem) })
        {
            objections.append(
                "\(problem.kind.code) at \(place(problem)) would be new")
        }
        let known = Set(before.unchecked.map(\.what))
        for item in after.unchecked where !known.contains(item.what) {
            objections.append("\(item.what) could no longer be checked: \(item.why)")
        }
        return objections
    }

    /// The problems that a plan claims to cure and that would still be there.
    static func uncured(by plan: RepairPlan, after: VerifyResult) -> [Problem] {
        let left = Set(after.problems.map(Identity.init))
        return plan.cured.filter { left.contains(Identity($0)) }
    }

    /// `vdev 0, metaslab 3`.
    private static func place(_ problem: Problem) -> String {
        problem.location.record.entries.map { entry in
            switch entry.value {
            case .number(let number), .bytes(let number): "\(entry.name) \(number)"
            case .offset(let offset): "\(entry.name) 0x\(String(offset, radix: 16))"
            case .txg(let txg): "\(entry.name) \(txg.rawValue)"
            case .text(let text): "\(entry.name) \(text)"
            default: entry.name
            }
        }
        .joined(separator: ", ")
    }

    /// What makes two findings the same one: a code and a place.
    private struct Identity: Hashable {
        let kind: ProblemKind
        let location: Location

        init(_ problem: Problem) { self.init(problem.kind, problem.location) }

        private init(_ kind: ProblemKind, _ location: Location) {
            self.kind = kind
            self.location = location
        }

        /// A problem with what was told below it: a cure of the head leaves what its snapshots have.
        static func all(_ problem: Problem) -> [Identity] {
            [Identity(problem)] + problem.alsoAt.map { Identity(problem.kind, $0) }
                + problem.consequences.flatMap(all)
        }
    }
}
