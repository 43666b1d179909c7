import ArgumentParser
import Bytes
import Datasets
import Devices
import Files
import Report
import Verify

/// `zinspect verify POOL`
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks everything that a pool says against everything else that it says.",
        discussion: """
            Scrub proves checksums; this proves the logic: labels, configuration, block trees, space, ZAPs, datasets and \
            snapshots, deadlists, dedup tables, clones, files and directories, accounting, intent logs, features. Each finding \
            says what is wrong, where, and what it means; `zinspect explain CODE` tells more. Nothing is written.
            """)

    @Argument(
        help: """
            The pool: a device, an image file, a directory, a name or a GUID. May be left out with --cachefile, which is \
            then checked by itself.
            """)
    var pool: String?

    @OptionGroup var checks: CheckFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var work: WorkFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func validate() throws {
        guard pool != nil || input.cachefile != nil else {
            throw ValidationError("Missing expected argument '<pool>'")
        }
    }

    func run() throws {
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "verify", flags: output) { output in
            let page = checks.html.map { ReportFile(path: $0, mark: HTMLReport.mark) }
            try page?.check()
            let options = VerifyOptions(
                threadCount: work.threads.count, memory: Int(clamping: work.memory.bytes),
                depth: checks.depth, selection: checks.selection, scratchFolder: work.scratch)
            guard let pool else { return try checkCacheFile(options, output) }
            if checks.rewind {
                return try listStates(of: pool, options, interruption, output)
            }
            let closed = { (candidate: PoolCandidate, error: PoolError) in
                output.header(
                    Record(["pool": .text(candidate.name), "guid": .guid(candidate.guid)]))
                VerifyReport(ClosedPoolVerifier(candidate, error, options).run(), output).show()
            }
            try PoolRun(input).callAsFunction(pool, output, closed: closed) { pool in
                let contents = try keys.contents(of: pool)
                let meter = ProgressMeter(passCount: Verifier.passCount)
                let progress = ProgressLine(
                    meter, isWanted: !self.output.json && !self.output.quiet)
                let state = try checks.state.map {
                    try VerifyState(path: $0, pool, depth: checks.depth)
                }
                var options = options
                options.state = state
                progress.start()
                defer { progress.finish() }
                var result = try Verifier(
                    contents, options, meter: meter, interruption: interruption
                ).run()
                if let cacheFile = try cacheFile() {
                    result.add(cacheFile.run([pool.candidate], only: pool.guid))
                    result.select(checks.selection)
                }
                progress.finish()
                VerifyReport(result, output).show()
                if let state { try finish(state, result, output) }
                for note in result.states { output.finding(Finding(note)) }
                try page?.write(HTMLReport(pool, result, tool: output.options.tool).page)
                if result.isCancelled { throw ExitStatus.cancelled }
            }
        }
    }

    /// Tells what the file of `--state` saved, and removes it where all is done.
    private func finish(
        _ state: VerifyState, _ result: VerifyResult, _ output: Output
    ) throws {
        output.addToSummary(Record(["resumed_datasets": .number(UInt64(state.proven.count))]))
        if !state.proven.isEmpty {
            output.lines([
                "The contents of \(state.proven.count) datasets were proven by an earlier run, and not read again."
            ])
        }
        if let failure = state.failure { throw failure }
        if !result.isCancelled { try state.remove() }
    }

    /// The check of the file that `--cachefile` names; nil without it.
    private func cacheFile() throws -> CacheFileVerifier? {
        guard let path = input.cachefile else { return nil }
        return try CacheFileVerifier(path, DeviceOpener(seconds: input.devices.ioTimeout))
    }

    /// `--cachefile` without a pool: the file, and its pools as far as their devices are where it says or in the folders of
    /// `--search`.
    private func checkCacheFile(_ options: VerifyOptions, _ output: Output) throws {
        guard let verifier = try cacheFile() else { return }
        output.header(Record(["cachefile": .text(input.cachefile ?? "")]))
        let finder = PoolFinder(DeviceOpener(seconds: input.devices.ioTimeout))
        let found = finder.find(in: verifier.devicePaths + input.search, isOptional: true)
        var result = verifier.run(found.pools)
        result.select(options.selection)
        VerifyReport(result, output).show()
    }

    /// `--rewind`: no check, but what each older state is worth.
    private func listStates(
        of pool: String, _ options: VerifyOptions, _ interruption: Interruption, _ output: Output
    ) throws {
        let candidate = try PoolRun(input).find(pool)
        output.header(Record(["pool": .text(candidate.name), "guid": .guid(candidate.guid)]))
        let meter = ProgressMeter()
        let progress = ProgressLine(meter, isWanted: !self.output.json && !self.output.quiet)
        progress.start()
        defer { progress.finish() }
        let states = RewindSurvey(
            candidate, options, namesPaths: self.output.verbose > 0 || input.txg != nil,
            meter: meter, interruption: interruption
        ).run(downTo: input.txg.map { TransactionGroup($0) })
        progress.finish()
        RewindReport(states, output, wanted: input.txg.map { TransactionGroup($0) }).show()
        if interruption.isRequested { throw ExitStatus.cancelled }
    }
}
