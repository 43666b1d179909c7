import Datasets
package import Devices
package import Files

/// Checks every invariant of the catalogue: the books first, then one walk over the pool, then all that compares the two.
///
/// A check that finds damage goes on beside it, and what could not be looked at is told; only what nobody asked for is left
/// out in silence.
package struct Verifier: Sendable {
    let pool: Pool
    let options: VerifyOptions
    let meter: ProgressMeter
    let interruption: Interruption
    let findings = FindingSink()
    /// How often problems of a pool that moves on are looked for again.
    let attempts: Int
    let context: CheckContext

    /// How many passes `run` begins at most.
    package static let passCount = CheckPass.all.count + SpaceCheck.passCount

    package init(
        _ contents: PoolContents, _ options: VerifyOptions, meter: ProgressMeter,
        interruption: Interruption
    ) {
        self.init(
            contents, options, meter: meter, interruption: interruption, attempts: Self.attempts)
    }

    init(
        _ contents: PoolContents, _ options: VerifyOptions, meter: ProgressMeter,
        interruption: Interruption, attempts: Int
    ) {
        self.attempts = attempts
        pool = contents.pool
        self.options = options
        self.meter = meter
        self.interruption = interruption
        context = CheckContext(
            contents, options, meter: meter, interruption: interruption,
            census: Census(contents.pool, memory: options.memory / 4), findings: findings)
    }

    /// What the walk brought; empty before `run`.
    package var census: Census { context.census }

    /// Runs all passes. Throws only where there is no scratch file to be had.
    package func run() throws(DeviceError) -> VerifyResult {
        var result = VerifyResult()
        for pass in CheckPass.all where pass.isBeforeWalk { run(pass, &result) }
        if needsWalk, !interruption.isRequested { try walk(&result) }
        for pass in CheckPass.all where !pass.isBeforeWalk { run(pass, &result) }
        try settleDoubts(&result)
        tellNotes(&result)
        result.isCancelled = interruption.isRequested
        if options.keepsSurvey { result.context = context }
        var seen: Set<Problem> = []
        result.problems = told(findings.problems.filter { seen.insert($0).inserted })
            .sorted { $0.rank < $1.rank }
        result.names = PlaceNames(pool, for: result.problems, interruption)
        result.omittedCount = findings.omittedCount
        result.unchecked = findings.unchecked
        result.damagedCopies = context.copies.damaged
        if options.keepsSurvey, options.depth != .quick, result.omittedCount == 0,
            !result.isCancelled
        {
            result.proven = ProvenContents(
                result.space?.walked ?? [], besides: result.problems, asOf: pool)
        }
        return result
    }

    /// Each damage once, whichever books and snapshots show it.
    private func told(_ problems: [Problem]) -> [Problem] {
        guard problems.contains(where: { $0.location.objectSet != nil }) else { return problems }
        let graph = context.dsl.graph(context)
        return Echoes(graph).folded(SnapshotMerging(graph).merged(problems))
    }

    /// What readers noted that no check has told.
    private func tellNotes(_ result: inout VerifyResult) {
        let notes = NoteProblems(pool.notes.all, found: findings.problems)
        for problem in notes.problems { context.report(problem) }
        for item in notes.unchecked { findings.add(item) }
        result.states = notes.states
    }

    private var needsWalk: Bool {
        options.selection.includesAny(of: ProblemKind.space)
            || CheckPass.all.contains { pass in
                pass.checks.contains { isWanted($0) && type(of: $0).needsCensus }
            }
    }

    private func isWanted(_ check: any Check) -> Bool {
        options.selection.includesAny(of: type(of: check).kinds)
    }

    private func run(_ pass: CheckPass, _ result: inout VerifyResult) {
        let checks = pass.checks.filter(isWanted)
        guard !checks.isEmpty, !interruption.isRequested else { return }
        let stopwatch = stopwatch(pass.name)
        meter.begin(pass.name)
        let known = findings.keptCount
        for check in checks where !interruption.isRequested { check.run(context) }
        doubt(since: known, &result)
        result.passes.append(stopwatch())
    }

    private func walk(_ result: inout VerifyResult) throws(DeviceError) {
        var spaceOptions = SpaceCheckOptions(
            threadCount: options.threadCount, memory: options.memory,
            depth: options.depth == .quick ? .metadata : .all,
            scratchFolder: options.scratchFolder)
        spaceOptions.keepsSurvey = options.keepsSurvey
        spaceOptions.state = options.state
        spaceOptions.earlier = options.earlier
        spaceOptions.countsReferences = options.selection.includesAny(
            of: DedupReferenceCheck.kinds + CloneReferenceCheck.kinds)
        spaceOptions.expansion = options.depth == .deep ? .everything : .metadataAndLengths
        if options.depth == .deep {
            if options.selection.includesAny(of: CopyCheck.kinds) {
                spaceOptions.copies = context.copies
            }
            spaceOptions.codes = context.codes
        }
        let space = SpaceCheck(pool, spaceOptions, meter: meter, interruption: interruption)
        let stopwatch = stopwatch("comparing space with the block tree")
        let context = context
        let found = try space.run { CensusRecorder(context) }
        for problem in found.problems { context.report(problem) }
        findings.omit(found.omittedCount)
        for item in found.unchecked { findings.add(item) }
        result.space = found
        if !found.isCancelled {
            context.census.note(found)
            context.census.finish()
        }
        result.passes.append(stopwatch())
    }

    /// Starts to measure a pass; the function that it returns ends it.
    private func stopwatch(_ name: String) -> () -> PassOutcome {
        let start = ContinuousClock.now
        let (problems, unchecked) = (findings.count, findings.unchecked.count)
        return {
            PassOutcome(
                name: name, seconds: (ContinuousClock.now - start) / .seconds(1),
                problemCount: findings.count - problems,
                uncheckedCount: findings.unchecked.count - unchecked)
        }
    }
}
