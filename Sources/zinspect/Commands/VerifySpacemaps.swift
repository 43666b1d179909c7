import ArgumentParser
import Datasets
import Devices
import Report
import Verify

/// `zinspect verify-spacemaps POOL`
struct VerifySpacemaps: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-spacemaps",
        abstract: "Finds out who owns every sector, and compares that with the space maps.",
        discussion: """
            Plays back every space map and log, walks everything that owns space, and reports where the \
            two disagree, with the owners: space marked free twice, in use but marked free, claimed by two, \
            or allocated and owned by nobody. Scrub sees none of this, since every checksum is right.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Option(
        help: """
            Which blocks to prove by their checksums: none but those that the walk needs, all metadata, or \
            all.
            """)
    var checksums: ChecksumDepth = .metadata

    @OptionGroup var work: WorkFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "verify-spacemaps", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let meter = ProgressMeter(passCount: SpaceCheck.passCount)
                let progress = ProgressLine(
                    meter, isWanted: !self.output.json && !self.output.quiet)
                progress.start()
                defer { progress.finish() }
                let options = SpaceCheckOptions(
                    threadCount: work.threads.count, memory: Int(clamping: work.memory.bytes),
                    depth: checksums,
                    scratchFolder: work.scratch)
                let result = try SpaceCheck(
                    pool, options, meter: meter, interruption: interruption
                ).run()
                progress.finish()
                SpaceReport(result, output).show()
                for note in pool.notes.all { output.finding(Finding(note)) }
                if result.isCancelled { throw ExitStatus.cancelled }
            }
        }
    }
}

extension ChecksumDepth: ExpressibleByArgument {}
