import Bytes
import Devices
package import Repair
import Vdevs
package import Verify

/// What `repair` shows: what was found, the plan, what became of it.
package struct RepairReport {
    private let output: Output

    package init(_ output: Output) { self.output = output }

    /// What `verify` found.
    package func show(_ findings: VerifyResult) {
        for problem in findings.problems {
            output.report(Finding(findings.names.named(problem)))
        }
        for item in findings.unchecked { output.unchecked(what: item.what, why: item.why) }
    }

    /// Which damage a plan of `cures`, by name, leaves as it is, and what else is to be done about it.
    package func showLeft(_ findings: VerifyResult, by plan: RepairPlan?, cures: [String]) {
        let cured = Set(plan?.cured ?? [])
        let damage = findings.problems.filter { $0.kind.severity.isDamage && !cured.contains($0) }
        let later = damage.filter { problem in
            plan != nil && problem.kind.cure.map(cures.contains) ?? false
        }
        let left = LeftFindings(damage.filter { !later.contains($0) }, cures: cures)
        if !left.isEmpty { output.section(left.section) }
        guard !later.isEmpty else { return }
        let codes = Set(later.map(\.kind.code)).sorted().joined(separator: ", ")
        output.lines(["Looked at again when this is done: \(codes)"])
    }

    /// That there is no plan, and why: because nothing is wrong, or because no cure is for what is.
    package func showNothingToDo(_ findings: VerifyResult) {
        let verdict = Verdict(findings, paint: output.options.paint)
        if findings.damageCount > 0 {
            output.lines([
                verdict.tally,
                "No cure that was asked for can do anything about it. Nothing was written.",
            ])
        } else {
            output.lines([verdict.tally, "There is nothing to repair."])
        }
        output.lines(verdict.gaps)
        output.addToSummary(findings.space?.totals.record ?? Record())
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
        if !plan.leftOut.isEmpty {
            output.lines(["Left out:"] + plan.leftOut.map { "    " + $0 })
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

    /// What is to be done about a cache file.
    package func show(_ file: CacheFileRepair) {
        for problem in file.problems { output.report(Finding(problem)) }
        output.section(
            Section(
                type: "action", title: "Plan for the cache file",
                .table(
                    [file.action.record],
                    columns: [Column("cure"), Column("class"), Column("what"), Column("cures")])))
        if let state = file.stateInTheWay {
            output.lines([
                "The pool is \(state): ZFS does not open it by the file until it has been imported."
            ])
        }
        if !file.action.losses.isEmpty {
            output.lines(["Given up:"] + file.action.losses.map { "    \($0)" })
        }
    }

    /// That it was written, and where the old one is.
    package func showWritten(_ file: CacheFileRepair, kept: String?) {
        output.lines([
            "The cache file was written anew."
                + (kept.map { " The old one is \($0); to go back, move it into its place." } ?? "")
        ])
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

    /// How to go on from a plan that was not applied; `isPool` where it is not only about a cache file.
    package func showNextStep(isPool: Bool) {
        guard isPool else {
            output.lines(["Nothing was written. `--apply` writes the file; an old one is kept."])
            return
        }
        output.lines([
            "Nothing was written. `--apply` carries this plan out; it can be taken back with `zinspect undo`.",
            "`--overlay FILE` leaves the pool alone and writes a file through which all commands see it repaired.",
        ])
    }

    /// What came of it: findings before and after, what was given up, and how to take it back.
    ///
    /// `files` are the paths of the certificate and the damage report; `round` counts from 1.
    package func show(
        _ certificate: RepairCertificate, after: VerifyResult,
        _ destination: RepairCertificate.Destination, files: [String], round: Int
    ) {
        output.section(
            Section(type: "certificate", title: "Certificate", .record(certificate.summary)))
        if output.options.isJSON {
            output.section(
                Section(
                    type: "loss", title: "Given up",
                    .table(certificate.losses.map(\.record), columns: [])))
        } else if !certificate.losses.isEmpty {
            output.lines(
                ["Given up:"] + certificate.lossLines.map { "    " + $0.printable })
        }
        show(after)
        output.lines([
            verdict(after), "The account of it is in \(files.joined(separator: ", ")).",
        ])
        showWayBack(destination, round: round)
    }

    /// What a repair came to, by the check that followed it.
    private func verdict(_ after: VerifyResult) -> String {
        let left = after.damageCount
        if after.isCancelled {
            return output.options.paint("Written", .caution)
                + ": reading everything again was ended before it was done; run `zinspect verify`."
        }
        guard left == 0 else {
            return output.options.paint("Repaired in part", .caution)
                + ": everything was read again; \(left) \(left == 1 ? "finding is" : "findings are") left."
        }
        return output.options.paint("Repaired", .good)
            + (after.unchecked.isEmpty
                ? ": everything was read again, and nothing wrong was found."
                : ": all that could be checked was read again, and nothing wrong was found in it.")
    }

    /// How a repair that is written is taken back.
    package func showWayBack(
        _ destination: RepairCertificate.Destination, round: Int
    ) {
        switch destination {
        case .pool(let undoLog):
            output.lines([
                "`zinspect undo POOL \(undoLog)` takes it back, as long as nobody writes to the pool."
            ])
            if round > 1 {
                output.lines([
                    "The groups before it can be taken back after that, the latest first."
                ])
            }
        case .overlay(let path):
            output.lines([
                "The pool itself is as it was. Every command sees it repaired with `--overlay \(path)`,",
                "and `zinspect image create POOL --overlay \(path) --raw --to FOLDER` makes copies of its devices.",
            ])
        }
    }
}
