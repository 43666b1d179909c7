import ArgumentParser
import Files
import Glibc
import Report

/// `zinspect ls POOL [NAME ...]`
struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: "Lists datasets and files as they stand in a pool, nothing mounted.",
        discussion: """
            NAME is DATASET (tank/home@snap, objset:54), DATASET:/path, or DATASET#34 for a file by \
            its object number. Without NAME: the datasets of the pool, with -R their files too. \
            Names that begin with a dot are always shown.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "Datasets, directories or files.")
    var name: [PoolItem] = []

    @Flag(name: [.customShort("l"), .long], help: "Show mode, links, owner, group, size and time.")
    var long = false

    @Flag(name: [.customShort("R"), .long], help: "List the directories below too.")
    var recursive = false

    @Flag(help: "List directories themselves, not what is in them.")
    var directory = false

    @Flag(name: [.short, .long], help: "Show the entries . and .. too.")
    var all = false

    @Flag(name: [.customShort("i"), .customLong("inode")], help: "Show object numbers.")
    var inode = false

    @Flag(name: [.customShort("b"), .long], help: "Show sizes in bytes, without units.")
    var bytes = false

    @Flag(
        name: [.customShort("F"), .long],
        help: "Mark directories, symlinks, programs, pipes and sockets; always so on a terminal.")
    var classify = false

    @Option(help: "Sort by name, time (newest first) or size (biggest first).")
    var sort: ListOptions.Order = .name

    @Flag(name: [.customShort("t")], help: "The same as --sort time.")
    var byTime = false

    @Flag(name: [.customShort("S")], help: "The same as --sort size.")
    var bySize = false

    @Flag(name: [.customShort("r"), .long], help: "Sort the other way round.")
    var reverse = false

    @OptionGroup var input: PoolFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var replay: ReplayFlag
    @OptionGroup var effort: EffortFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "ls", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let report = ListReport(
                    try keys.contents(of: pool, replaying: replay.isWanted), output, options)
                guard try report.show(name) else { throw ExitStatus.operationalError }
            }
        }
    }

    private var options: ListOptions {
        var options = ListOptions()
        options.isLong = long
        options.isRecursive = recursive
        options.showsDirectories = directory
        options.showsDots = all
        options.showsObjects = inode
        options.showsBytes = bytes
        options.isClassified = classify || isatty(STDOUT_FILENO) == 1
        options.order = byTime ? .time : bySize ? .size : sort
        options.isReversed = reverse
        options.threads = effort.threadCount
        return options
    }
}

extension ListOptions.Order: ExpressibleByArgument {}
