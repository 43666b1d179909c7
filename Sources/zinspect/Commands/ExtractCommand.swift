import ArgumentParser
import Devices
import Extract
import Files
import Report

/// `zinspect extract POOL NAME --to DIR`
struct ExtractCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Copies a tree, a file or a volume out of a pool.",
        discussion: """
            NAME is DATASET (tank/home@snap, objset:54), DATASET:/path, or DATASET#34 for a file by \
            its object number. Copies are sparse and keep modes, owners, times, extended attributes, \
            ACLs and links, as far as the target and the user's rights allow. What can't be read is \
            left out, and listed. Run again on the same folder it goes on where it stopped.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "A dataset, or a file or directory in it.")
    var name: PoolItem

    @Option(
        help: ArgumentHelp(
            "The folder to copy to; it is made where missing, and must be empty or of an earlier run.",
            valueName: "dir"),
        completion: .directory)
    var to: String?

    @Flag(name: [.short, .long], help: "Copy the datasets below too.")
    var recursive = false

    @Flag(help: "Copy all snapshots too, each to .zfs/snapshot/NAME.")
    var snapshots = false

    @Flag(help: "Copy to a folder that is not empty, and replace files that are in the way.")
    var overwrite = false

    @OptionGroup var input: PoolFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var replay: ReplayFlag
    @OptionGroup var effort: EffortFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        // Told last, so that it does not hide what else is wrong with the line.
        guard let to, !to.isEmpty else {
            throw ValidationError("Missing expected argument '--to <dir>': the folder to copy to.")
        }
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "extract", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                var options = ExtractOptions()
                options.replacesFiles = overwrite
                options.threadCount = effort.threadCount
                options.memory = effort.memory.bytes
                let report = ExtractReport(
                    try keys.contents(of: pool, replaying: replay.isWanted), output, options,
                    interruption)
                var request = ExtractRequest(
                    name, isRecursive: recursive, takesSnapshots: snapshots)
                request.isReplayed = replay.isWanted
                switch try report.run(request, to: to) {
                case .finished: break
                case .refused: throw ExitStatus.operationalError
                case .cancelled: throw ExitStatus.cancelled
                }
            }
        }
    }
}
