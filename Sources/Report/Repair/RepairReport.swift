import Bytes
import Devices
package import Repair
import Vdevs
package import Verify

/// What `repair` shows: what was found, the plan, what became of it.
package struct RepairReport {
    private let output: Output

    package init(_ output: Output) { self.output = output }

    /// What `verify` found, shortly: each problem, and whether one of `cures`, by name, is for it.
    package func show(_ findings: VerifyResult, _ plan: RepairPlan?, cures: [String]) {
        let cured = Set(plan?.cured ?? [])
        for problem in findings.problems {
            output.report(Finding(problem))
        }
        for item in findings.unchecked { output.unchecked(what: item.what, why: item.why) }
        let left = findings.problems.filter { $0.kind.severity.isDamage && !cured.contains($0) }
        guard !left.isEmpty, plan != nil else { return }
        let isLater = { (problem: Problem) in problem.kind.cure.map(cures.contains) ?? false }
        tell("Looked at again when this is done: ", left.filter(isLater))
        tell(
            "Left as they are, since no cure is asked for or known: ",
            left.filter { !isLater($0) })
    }

    private func tell(_ what: String, _ problems: [Problem]) {
        guard !problems.isEmpty else { return }
        output.lines([what + Set(problems.map(\.kind.code)).sorted().joined(separator: ", ")])
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
        for problem in after.problems { output.report(Finding(problem)) }
        let left = after.damageCount
        output.lines([
            left == 0
                ? output.options.paint("Repaired", .good)
                    + ": everything was read again, and nothing wrong was found."
                : output.options.paint("Repaired in part", .caution)
                    + ": everything was read again; \(left) \(left == 1 ? "finding is" : "findings are") left.",
            "The account of it is in \(files.joined(separator: ", ")).",
        ])
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
