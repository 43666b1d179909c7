import Bytes
import Datasets
import FoundationEssentials
import Glibc
import Repair
import Report
import Verify

/// One run of `repair`: shows what was found and planned, asks for what needs consent, and carries it out where that is wanted.
struct RepairDialogue {
    let pool: Pool
    let repairer: Repairer
    let flags: RepairFlags
    let cures: [any Cure.Type]
    let output: Output

    /// `quieten` ends the line of progress before something is shown.
    func run(quieten: () -> Void) throws {
        let report = RepairReport(output)
        let findings = try repairer.check()
        if findings.isCancelled { throw ExitStatus.cancelled }
        let plan = try plan(findings)
        quieten()
        report.show(findings, plan)
        guard let plan else {
            output.lines(["There is nothing that a cure could do."])
            return
        }
        report.show(plan)
        guard flags.apply else {
            if let path = flags.plan {
                try PlanFile(plan).save(to: path)
                output.lines(["The plan is in \(path)."])
            }
            report.showNextStep()
            return
        }
        try agree(to: plan)
        let undoLog = flags.undoLog ?? "\(pool.name)-\(plan.commit.txg.rawValue).undo"
        try repairer.commit(plan, undoLog: undoLog, isWatched: !flags.forceUnwatched)
        let after = try repairer.checkAgain()
        quieten()
        output.startOver()
        report.showCertificate(plan, before: findings, after: after, undoLog: undoLog)
        throw ExitStatus.corrected
    }

    /// A plan from the file that `--plan` names, where it is to be applied, or a new one.
    private func plan(_ findings: VerifyResult) throws -> RepairPlan? {
        if flags.apply, let path = flags.plan {
            let plan = try PlanFile(contentsOf: path).plan(for: pool)
            try plan.confirm(on: pool)
            try repairer.prove(plan, findings)
            return plan
        }
        return try repairer.plan(
            findings, cures: cures, time: UInt64(Date().timeIntervalSince1970))
    }

    /// Asks on a terminal for each class that nobody has agreed to; throws where somebody says no, or nobody is there.
    private func agree(to plan: RepairPlan) throws {
        for repair in RepairClass.allCases
        where plan.classes.contains(repair) && !flags.isAgreed(repair) {
            let option = "--yes-\(repair.rawValue)"
            guard isatty(STDIN_FILENO) == 1 else {
                throw RepairError.refused(
                    "the plan has actions of class \(repair.rawValue), which need consent: give \(option)"
                )
            }
            output.lines([
                "Actions of class \(repair.rawValue) are to be carried out. Type yes to agree:"
            ])
            output.flush()
            guard readLine(strippingNewline: true) == "yes" else { throw ExitStatus.cancelled }
        }
    }
}
