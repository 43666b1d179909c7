import Bytes
import Devices
package import Repair
import Vdevs
package import Verify

/// What `repair` shows: what was found, the plan, what became of it.
package struct RepairReport {
    private let output: Output

    package init(_ output: Output) { self.output = output }

    /// What `verify` found, shortly: each problem, and whether a cure is for it.
    package func show(_ findings: VerifyResult, _ plan: RepairPlan?) {
        let cured = Set(plan?.cured ?? [])
        for problem in findings.problems {
            output.report(Finding(problem))
        }
        for item in findings.unchecked { output.unchecked(what: item.what, why: item.why) }
        let left = findings.problems.filter { $0.kind.severity.isDamage && !cured.contains($0) }
        guard !left.isEmpty, plan != nil else { return }
        let codes = Set(left.map(\.kind.code)).sorted().joined(separator: ", ")
        output.lines(["Left as they are, since no cure is asked for or known: \(codes)"])
    }

    /// The plan: what is done, what it cures and costs, and every byte range that it writes.
    package func show(_ plan: RepairPlan) {
        output.section(
            Section(
                type: "action",
                title: "Plan for txg \(plan.commit.txg.rawValue) of \(plan.poolName)",
                .table(
                    plan.actions.map(\.record),
                    columns: [Column("cure"), Column("class"), Column("what"), Column("cures")])))
        for action in plan.actions where !action.losses.isEmpty {
            output.lines(["Given up by \(action.cure):"] + action.losses.map { "    \($0)" })
        }
        if output.options.isJSON || output.options.verbosity > 0 { showWrites(of: plan) }
        let commit = plan.commit
        output.lines([
            "\(Units.count(UInt64(commit.blockCount))) blocks (\(Units.size(commit.storedBytes))) go to space that is free in the",
            "census and in the space maps; \(Units.count(UInt64(commit.writes.count))) writes in all, labels and uberblocks among them.",
            "Tried on an overlay: the pool opens, what is to be cured is gone, and nothing new is found.",
        ])
        if !commit.missed.isEmpty {
            let devices = commit.missed.map(\.description).sorted().joined(separator: ", ")
            output.lines(["Devices that are away miss this and need a resilver: \(devices)"])
        }
    }

    private func showWrites(of plan: RepairPlan) {
        var records: [Record] = []
        for (stage, writes) in plan.commit.stages.enumerated() {
            for (index, write) in writes.enumerated() {
                records.append(
                    Record([
                        "stage": .number(UInt64(stage)), "device": .guid(write.device),
                        "offset": .offset(write.patch.offset),
                        "size": .bytes(UInt64(write.patch.bytes.count)),
                        "before": .text(plan.before[stage][index]),
                    ]))
            }
        }
        output.section(
            Section(
                type: "write", title: "Writes",
                .table(
                    records,
                    columns: [
                        Column("stage"), Column("device"), Column("offset"), Column("size"),
                        Column("before"),
                    ])))
    }

    /// How to go on from a plan that was not applied.
    package func showNextStep() {
        output.lines([
            "Nothing was written. `--apply` carries this plan out; it can be taken back with `zinspect undo`."
        ])
    }

    /// What came of it: findings before and after, and how to take it back.
    package func showCertificate(
        _ plan: RepairPlan, before: VerifyResult, after: VerifyResult, undoLog: String
    ) {
        let record = Record([
            "pool": .text(plan.poolName), "guid": .guid(plan.pool),
            "txg_before": .txg(plan.txg), "txg_after": .txg(plan.commit.txg),
            "findings_before": .number(Self.damageCount(before)),
            "findings_after": .number(Self.damageCount(after)),
            "writes": .number(UInt64(plan.commit.writes.count)), "undo_log": .text(undoLog),
        ])
        output.section(Section(type: "certificate", title: "Certificate", .record(record)))
        for problem in after.problems { output.report(Finding(problem)) }
        let left = Self.damageCount(after)
        output.lines([
            left == 0
                ? output.options.paint("Repaired", .good)
                    + ": the devices were read again, and nothing wrong was found."
                : output.options.paint("Repaired in part", .caution)
                    + ": the devices were read again; \(left) findings are left.",
            "`zinspect undo POOL \(undoLog)` takes it back, as long as nobody writes to the pool.",
        ])
    }

    private static func damageCount(_ result: VerifyResult) -> UInt64 {
        UInt64(result.problems.count { $0.kind.severity.isDamage })
    }
}
