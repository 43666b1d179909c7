import ArgumentParser
import Files
import Report

/// `zinspect stat POOL NAME ...`
struct Stat: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints all attributes of files, volumes and datasets.",
        discussion: """
            NAME is DATASET (tank/home@snap, objset:54), DATASET:/path, or DATASET#34 for an object \
            by its number. A file's object, kind, mode, owner, times, links, flags, project, \
            extended attributes, ACLs, blocks, and its runs of data and holes; with -v all runs.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "Datasets, files or objects.")
    var name: [PoolItem]

    @OptionGroup var input: PoolFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var replay: ReplayFlag
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "stat", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let report = StatReport(
                    try keys.contents(of: pool, replaying: replay.isWanted), output)
                guard try report.show(name) else { throw ExitStatus.operationalError }
            }
        }
    }
}
