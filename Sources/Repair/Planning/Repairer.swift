import Bytes
package import Datasets
package import Devices
package import Files
import Vdevs
package import Verify

/// Carries a repair through its eight steps, each of which can only be reached through the one before it:
/// check, plan, preview, in-use check, undo log, confirm, commit, check again.
package struct Repairer: Sendable {
    private let contents: PoolContents
    private let options: VerifyOptions
    private let meter: ProgressMeter
    package let interruption: Interruption

    package var pool: Pool { contents.pool }

    package init(
        _ contents: PoolContents, _ options: VerifyOptions, meter: ProgressMeter,
        interruption: Interruption
    ) {
        self.contents = contents
        var options = options
        options.keepsSurvey = true
        self.options = options
        self.meter = meter
        self.interruption = interruption
    }

    /// Step 1: everything that the repair will rely on.
    package func check() throws(RepairError) -> VerifyResult { try check(contents, options) }

    /// Checks the pool as it would be after a plan; contents that `findings` has proven are not read again.
    private func check(
        _ preview: Pool, after plan: RepairPlan, _ findings: VerifyResult
    ) throws(RepairError) -> VerifyResult {
        var options = options
        options.depth = RepairPreview.depth(of: plan) ?? options.depth
        options.earlier = findings.proven
        return try check(contents.contents(of: preview), options)
    }

    private func check(
        _ contents: PoolContents, _ options: VerifyOptions
    ) throws(RepairError) -> VerifyResult {
        do {
            return try Verifier(contents, options, meter: meter, interruption: interruption).run()
        } catch {
            throw .device(error)
        }
    }

    /// Steps 2 and 3: the plan, and proof by an overlay that it cures what it claims; nil where there is nothing to do.
    ///
    /// Throws `refused` where the preview speaks against it.
    package func plan(
        _ findings: VerifyResult, cures: [any Cure.Type], time: UInt64
    ) throws(RepairError) -> RepairPlan? {
        var sequels: [RepairPlan.Sequel] = []
        var refuted: Set<Problem> = []
        while true {
            let made = try RepairPlan(
                findings, of: pool, cures: cures, time: time, sequels: sequels, refuted: refuted)
            guard let plan = made else { return nil }
            let preview = try RepairPreview.pool(after: plan, of: pool)
            let after = try check(preview, after: plan, findings)
            let objections = try objections(to: plan, findings, after)
            if objections.isEmpty { return plan }
            let canFollow = cures.contains {
                $0 is any SteppedCure.Type && $0.init(after, of: preview) != nil
            }
            if canFollow, sequels.count < Self.mostSequels {
                sequels.append(RepairPlan.Sequel(after, of: preview))
                continue
            }
            // Once more without what cures nothing; the rest may be sound.
            let uncured = RepairPreview.uncured(by: plan, after: after)
            guard refuted.isEmpty, !uncured.isEmpty else { throw refusal(objections) }
            refuted = Set(uncured)
            sequels = []
        }
    }

    /// Sums follow from lists, lists from links: no more numbers follow from each other in turn.
    private static let mostSequels = 3

    /// Step 3 by itself, for a plan that was read from a file.
    package func prove(_ plan: RepairPlan, _ findings: VerifyResult) throws(RepairError) {
        let preview = try RepairPreview.pool(after: plan, of: pool)
        let after = try check(preview, after: plan, findings)
        let objections = try objections(to: plan, findings, after)
        guard objections.isEmpty else { throw refusal(objections) }
    }

    private func objections(
        to plan: RepairPlan, _ before: VerifyResult, _ after: VerifyResult
    ) throws(RepairError) -> [String] {
        guard !after.isCancelled else { throw .cancelled }
        return RepairPreview.objections(to: plan, before: before, after: after)
    }

    private func refusal(_ objections: [String]) -> RepairError {
        .refused(
            "the plan was tried on an overlay and is refused: "
                + objections.prefix(5).joined(separator: "; "))
    }

    /// Steps 4 to 7: writes the plan to the pool.
    ///
    /// `undoLog` is the path of a file that must not exist. Throws before the first write where the pool is in use, is no
    /// longer what the plan was made for, or the undo log can't be written; once writing has begun only a device that fails
    /// throws, and the pool is then as before or as after.
    package func commit(
        _ plan: RepairPlan, undoLog path: String, isWatched: Bool
    ) throws(RepairError) {
        let inUse = InUseCheck(pool)
        try inUse.checkKernel()
        let targets = try PoolTargets.open(pool)
        if isWatched { try inUse.watch(inUse.watchSeconds, interruption) }
        try plan.confirm(on: pool)
        try UndoLog.keep(plan.commit.stages, of: pool, newTxg: plan.commit.txg, at: path)
        do throws(RepairError) {
            try plan.confirm(on: pool)
            guard !interruption.isRequested else { throw .cancelled }
        } catch {
            OutputFile.discard(path)
            throw error
        }
        try CommitSequence.run(
            plan.commit.stages, on: targets, undoLog: path, holding: interruption)
    }

    /// In the place of steps 4 to 7: leaves the pool alone and writes an overlay, with which it is as the plan makes it.
    ///
    /// `old` is the overlay that the pool is seen through now; without one nothing may stand at `path`.
    package func write(
        _ plan: RepairPlan, overlay path: String, over old: PoolOverlay?
    ) throws(RepairError) {
        try plan.confirm(on: pool)
        try RepairError.ownFile { () throws(PoolError) in
            try PoolOverlay.write(
                plan.commit.writes, of: pool, newTxg: plan.commit.txg, over: old, to: path)
        }
    }

    /// Step 8, and the first of another round, which sees to what only came to light when other damage was gone: the pool
    /// as it is now, read from its devices anew, through the overlay at `path` where one was written.
    package func reopened(overlay path: String? = nil) throws(RepairError) -> Repairer {
        var candidate = pool.candidate
        if let path {
            let bare = candidate
            candidate = try RepairError.ownFile { () throws(PoolError) in
                try PoolOverlay(path: path).laid(over: bare)
            }
        }
        let found = candidate
        let pool = try RepairError.pool { () throws(PoolError) in try Pool.open(found) }
        return Repairer(
            contents.contents(of: pool), options, meter: meter, interruption: interruption)
    }
}
