import Bytes
import Datasets
import Devices
import FoundationEssentials
import Glibc
import Repair
import Report
import Verify

/// One run of `repair`: shows what was found and planned, asks for what needs consent, and carries it out where that is wanted.
///
/// Damage hides damage, so what was written is followed by another round, with an undo log and a certificate of its own,
/// for as long as cures have something to do.
struct RepairDialogue {
    let repairer: Repairer
    let flags: RepairFlags
    let cures: [any Cure.Type]
    /// The file of `--overlay`, and what was in it.
    let overlayPath: String?
    let overlay: PoolOverlay?
    /// What is to be done about the file of `--cachefile`; nil where that is nothing.
    let cacheFile: CacheFileRepair?
    let output: Output

    /// Whether anything is to be written, be it into an overlay.
    private var isWriting: Bool { flags.apply || overlayPath != nil && !flags.dryRun }

    /// `quieten` ends the line of progress before something is shown.
    func run(quieten: () -> Void) throws {
        let report = RepairReport(output)
        try checkFiles()
        let saved = try savedPlan()
        let findings = try repairer.check()
        if findings.isCancelled { throw RepairError.cancelled }
        let planned = Result {
            try saved.map { try prove($0, findings) } ?? newPlan(repairer, findings)
        }
        quieten()
        report.show(findings)
        let plan = try planned.get()
        report.showLeft(findings, by: plan, cures: cures.map { $0.name })
        guard plan != nil || cacheFile != nil else {
            report.showNothingToDo(findings)
            return
        }
        if let plan { report.show(plan) }
        if let cacheFile { report.show(cacheFile) }
        guard isWriting, plan != nil || overlayPath == nil else {
            if let plan, let path = flags.plan {
                try PlanFile(plan).save(to: path)
                output.lines(["The plan is in \(path)."])
            }
            report.showNextStep(isPool: plan != nil)
            return
        }
        // An overlay leaves everything as it is.
        let file = overlayPath == nil ? cacheFile : nil
        try agree(to: (plan?.classes ?? []).union(file.map { [$0.action.repair] } ?? []))
        var status = ExitStatus.corrected
        if let plan {
            let first = try write(RepairRound(repairer, findings, plan, number: 1), quieten)
            status.formUnion(try goOn(after: first, quieten))
        }
        if let file { report.showWritten(file, kept: try file.write()) }
        throw status
    }

    /// Throws where a file that is going to be written stands in the way, before anything takes its time.
    private func checkFiles() throws {
        if let path = flags.plan, !isWriting { try OutputFile.check(path) }
        guard flags.apply, let path = flags.undoLog else { return }
        try OutputFile.check(path)
    }

    /// The plan from the file that `--plan` names, where it is to be carried out.
    private func savedPlan() throws -> RepairPlan? {
        guard isWriting, let path = flags.plan else { return nil }
        let plan = try PlanFile(contentsOf: path).plan(for: repairer.pool)
        try plan.confirm(on: repairer.pool)
        return plan
    }

    private func prove(
        _ plan: RepairPlan, _ findings: VerifyResult
    ) throws(RepairError) -> RepairPlan {
        try repairer.prove(plan, findings)
        return plan
    }

    private func newPlan(
        _ repairer: Repairer, _ findings: VerifyResult
    ) throws(RepairError) -> RepairPlan? {
        try repairer.plan(findings, cures: cures, time: UInt64(Date().timeIntervalSince1970))
    }

    /// No damage hides more than what hides what.
    private static let mostRounds = 4

    /// Further rounds, as long as there is something to do; what goes wrong in one does not hide that the first is written.
    private func goOn(after first: RepairRound, _ quieten: () -> Void) throws -> ExitStatus {
        var round = first
        do {
            while round.number < Self.mostRounds, let next = try follow(round) {
                RepairReport(output).show(next.plan)
                round = try write(next, quieten)
            }
        } catch let status as ExitStatus {
            return status
        } catch RepairError.cancelled {
            output.failure("another round was ended before anything of it was written")
            return .cancelled
        } catch {
            output.failure("another round could not be written: \(error)")
            return .operationalError
        }
        return []
    }

    /// What can be done about what a round left; nil where nothing can, or nobody agrees to it.
    ///
    /// A round that can't be planned takes nothing away from the one before it, so it is told and not thrown.
    private func follow(_ round: RepairRound) throws -> RepairRound? {
        guard flags.plan == nil, round.findings.damageCount > 0, !round.findings.isCancelled else {
            return nil
        }
        do {
            guard let plan = try newPlan(round.repairer, round.findings) else { return nil }
            output.lines(["", "More can be cured now, in another group."])
            let next = RepairRound(
                round.repairer, round.findings, plan, number: round.number + 1)
            try agree(to: plan.classes)
            return next
        } catch RepairError.cancelled {
            throw RepairError.cancelled
        } catch let error as RepairError {
            output.lines(["Another round is left out: \(error). Run `repair` again for it."])
            return nil
        }
    }

    /// Where a round goes.
    private func destination(of round: RepairRound) -> RepairCertificate.Destination {
        if let overlayPath { return .overlay(overlayPath) }
        return .pool(
            undoLog: flags.undoLog.map(round.named)
                ?? "\(round.plan.poolName)-\(round.plan.commit.txg.rawValue).undo")
    }

    /// Carries a plan out, checks again, writes the certificate and shows it; returns what is left then.
    ///
    /// Once it is written, whatever fails or is broken off afterwards does not hide that it is.
    private func write(_ round: RepairRound, _ quieten: () -> Void) throws -> RepairRound {
        let destination = destination(of: round)
        let files = RepairFiles(beside: destination, txg: round.plan.commit.txg)
        let account = try files.reserve()
        do {
            try carryOut(round, to: destination)
        } catch {
            files.discard()
            throw error
        }
        let report = RepairReport(output)
        do {
            let again = try reopened(round, destination)
            let after = try again.check()
            let certificate = certificate(round.plan, round.findings, after, destination)
            let paths = try files.write(certificate, to: account)
            quieten()
            output.startOver()
            report.show(
                certificate, after: after, destination, files: paths, round: round.number)
            guard !after.isCancelled else {
                throw ExitStatus([.corrected, .cancelled])
            }
            return RepairRound(again, after, round.plan, number: round.number)
        } catch let status as ExitStatus {
            throw status
        } catch {
            quieten()
            output.failure("the repair is written, but not all that follows was done: \(error)")
            report.showWayBack(destination, round: round.number)
            throw ExitStatus([.corrected, .operationalError])
        }
    }

    private func carryOut(
        _ round: RepairRound, to destination: RepairCertificate.Destination
    ) throws {
        switch destination {
        case .pool(let undoLog):
            try round.repairer.commit(
                round.plan, undoLog: undoLog, isWatched: !flags.forceUnwatched)
        case .overlay(let path):
            try round.repairer.write(
                round.plan, overlay: path,
                over: round.number == 1 ? overlay : try PoolOverlay(path: path))
        }
    }

    private func reopened(
        _ round: RepairRound, _ destination: RepairCertificate.Destination
    ) throws(RepairError) -> Repairer {
        switch destination {
        case .pool: try round.repairer.reopened()
        case .overlay(let path): try round.repairer.reopened(overlay: path)
        }
    }

    private func certificate(
        _ plan: RepairPlan, _ before: VerifyResult, _ after: VerifyResult,
        _ destination: RepairCertificate.Destination
    ) -> RepairCertificate {
        RepairCertificate(
            plan, before: before, after: after, destination, tool: output.options.tool,
            time: UInt64(Date().timeIntervalSince1970))
    }

    /// Asks on a terminal for each class that nobody has agreed to; throws where somebody says no, or nobody is there. An
    /// overlay needs no consent.
    private func agree(to classes: Set<RepairClass>) throws {
        if overlayPath != nil { return }
        for repair in RepairClass.allCases
        where classes.contains(repair) && !flags.isAgreed(repair) {
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
            let answer = repairer.interruption.waiting { readLine(strippingNewline: true) }
            guard answer == "yes" else { throw RepairError.cancelled }
        }
    }
}
