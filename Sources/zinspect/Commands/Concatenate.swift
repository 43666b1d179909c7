import ArgumentParser
import Files
import Report

/// `zinspect cat POOL NAME ...`
struct Concatenate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cat",
        abstract: "Writes the bytes of files and volumes to standard output.",
        discussion: """
            NAME is DATASET:/path, a volume (tank/vol@snap), or DATASET#34 for an object by its \
            number. Symlinks are followed inside their file system. Holes are written as zeros.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "Files or volumes.")
    var name: [PoolItem]

    @Option(help: "Begin at this byte; takes K, M, G and T.")
    var offset = ByteSize(0)

    @Option(help: "Write at most this many bytes of each; takes K, M, G and T.")
    var length: ByteSize?

    @Flag(help: "Write zeros for what can't be read, and go on.")
    var skipErrors = false

    @OptionGroup var input: PoolFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var replay: ReplayFlag
    @OptionGroup var effort: EffortFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "cat", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                var options = CatOptions()
                options.offset = offset.bytes
                options.length = length?.bytes ?? .max
                options.skipsErrors = skipErrors
                options.memory = effort.memory.bytes
                options.threads = effort.threadCount
                let report = CatReport(
                    try keys.contents(of: pool, replaying: replay.isWanted), output, options)
                guard try report.show(name) else { throw ExitStatus.operationalError }
            }
        }
    }
}
