import Bytes
import Datasets
import Devices
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
    /// The file of `--overlay`, and what was in it.
    let overlayPath: String?
    let overlay: PoolOverlay?
    let output: Output

    /// Whether anything is to be written, be it into an overlay.
    private var isWriting: Bool { flags.apply || overlayPath != nil && !flags.dryRun }

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
        guard isWriting else {
            if let path = flags.plan {
                try PlanFile(plan).save(to: path)
                output.lines(["The plan is in \(path)."])
            }
            report.showNextStep()
            return
        }
        let destination = try destination(of: plan)
        let (after, files) = try write(plan, findings, to: destination)
        quieten()
        output.startOver()
        report.show(
            certificate(plan, findings, after, destination), after: after, destination,
            files: files)
        throw ExitStatus.corrected
    }

    /// A plan from the file that `--plan` names, where it is to be carried out, or a new one.
    private func plan(_ findings: VerifyResult) throws -> RepairPlan? {
        if isWriting, let path = flags.plan {
            let plan = try PlanFile(contentsOf: path).plan(for: pool)
            try plan.confirm(on: pool)
            try repairer.prove(plan, findings)
            return plan
        }
        return try repairer.plan(
            findings, cures: cures, time: UInt64(Date().timeIntervalSince1970))
    }

    /// Where the plan goes; asks for consent where that is the pool itself.
    private func destination(
        of plan: RepairPlan
    ) throws -> RepairCertificate.Destination {
        if let overlayPath { return .overlay(overlayPath) }
        try agree(to: plan)
        return .pool(
            undoLog: flags.undoLog ?? "\(pool.name)-\(plan.commit.txg.rawValue).undo")
    }

    /// Carries the plan out, checks again, and writes the certificate.
    private func write(
        _ plan: RepairPlan, _ findings: VerifyResult,
        to destination: RepairCertificate.Destination
    ) throws -> (after: VerifyResult, files: [String]) {
        let after: VerifyResult
        let files: RepairFiles
        let account: OutputFile
        switch destination {
        case .pool(let undoLog):
            files = RepairFiles(beside: undoLog)
            account = try files.reserve()
            do {
                try repairer.commit(plan, undoLog: undoLog, isWatched: !flags.forceUnwatched)
            } catch {
                files.discard()
                throw error
            }
            after = try repairer.checkAgain()
        case .overlay(let path):
            files = RepairFiles(beside: "\(path)-\(plan.commit.txg.rawValue)")
            account = try files.reserve()
            do {
                try repairer.write(plan, overlay: path, over: overlay)
            } catch {
                files.discard()
                throw error
            }
            after = try repairer.checkAgain(overlay: path)
        }
        return (
            after, try files.write(certificate(plan, findings, after, destination), to: account)
        )
    }

    private func certificate(
        _ plan: RepairPlan, _ before: VerifyResult, _ after: VerifyResult,
        _ destination: RepairCertificate.Destination
    ) -> RepairCertificate {
        RepairCertificate(
            plan, before: before, after: after, destination, tool: output.options.tool,
            time: UInt64(Date().timeIntervalSince1970))
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
