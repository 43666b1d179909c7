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

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @OptionGroup var checks: CheckFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var work: WorkFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "verify", flags: output) { output in
            let page = checks.html.map { ReportFile(path: $0, mark: HTMLReport.mark) }
            try page?.check()
            let options = VerifyOptions(
                threadCount: work.threads.count, memory: Int(clamping: work.memory.bytes),
                depth: checks.depth, selection: checks.selection, scratchFolder: work.scratch)
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
                progress.start()
                defer { progress.finish() }
                let result = try Verifier(
                    contents, options, meter: meter, interruption: interruption
                ).run()
                progress.finish()
                VerifyReport(result, output).show()
                for note in result.states { output.finding(Finding(note)) }
                try page?.write(HTMLReport(pool, result, tool: output.options.tool).page)
                if result.isCancelled { throw ExitStatus.cancelled }
            }
        }
    }
}
