import Repair
import Verify

/// One of the transaction groups that a run of `repair` writes: the pool as it stands, what was found there, and the plan.
struct RepairRound {
    let repairer: Repairer
    let findings: VerifyResult
    let plan: RepairPlan
    /// From 1.
    let number: Int

    init(_ repairer: Repairer, _ findings: VerifyResult, _ plan: RepairPlan, number: Int) {
        self.repairer = repairer
        self.findings = findings
        self.plan = plan
        self.number = number
    }

    /// The name of this round's undo log, from the one that the user gave: `tank.undo`, `tank-2.undo`, `tank-3.undo`.
    func named(_ undoLog: String) -> String {
        guard number > 1 else { return undoLog }
        let suffix = undoLog.hasSuffix(".undo") ? ".undo" : ""
        return "\(undoLog.dropLast(suffix.count))-\(number)\(suffix)"
    }
}
