import ArgumentParser
import Datasets
import Devices
import Extract
import Report
import Verify

/// `zinspect image create|restore|info`
struct ImageCommand: ParsableCommand {
    /// What is to be done.
    enum Action: String, CaseIterable {
        case create
        case restore
        case info
    }

    static let configuration = CommandConfiguration(
        commandName: "image",
        abstract: "Makes an image of a pool's metadata or devices, puts one back, or describes it.",
        discussion: """
            `image create POOL --to FILE` keeps all that `verify --quick` reads, sparse and packed, so that somebody else can look \
            at a pool without its files' contents; --whole keeps every byte. With --raw it makes a raw copy of each device in the \
            folder FILE. With --overlay both are as the overlay shows the pool. `image restore FILE --to FOLDER` makes the devices \
            as sparse files, which all commands open. `image info FILE` proves an image and says what is in it, and what it does \
            not hide. Nothing that exists is ever overwritten.
            """)

    @Argument(help: "What to do: create, restore or info.")
    var action: String

    @Argument(help: "The pool for create, the image for restore and info.", completion: .file())
    var subject: String

    @Option(
        help: ArgumentHelp(
            "The new file for create; the empty or missing folder for restore and --raw.",
            valueName: "path"),
        completion: .file())
    var to: String?

    @Flag(help: "Keep every byte of the devices, not metadata alone.")
    var whole = false

    @Flag(help: "Make raw copies of the devices instead of an image.")
    var raw = false

    @OptionGroup var work: WorkFlags
    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func validate() throws {
        if input.txg != nil || input.checkpoint {
            throw ValidationError(
                "An image is of all states of a pool: --txg and --checkpoint have no place here.")
        }
        if whole && raw {
            throw ValidationError("--raw copies every byte anyway: leave out --whole.")
        }
    }

    func run() throws {
        guard let action = Action(rawValue: action) else {
            throw ValidationError("'\(action)' is none of create, restore and info.")
        }
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        let target = try target(of: action)
        try CommandRun(name: "image", flags: output) { output in
            let report = ImageReport(output, interruption)
            guard action == .create else {
                output.header()
                let file = try FileDevice(path: subject)
                if action == .info { return try report.describe(file) }
                return try report.restore(file, to: target)
            }
            let options = VerifyOptions(
                threadCount: work.threads.count, memory: Int(clamping: work.memory.bytes),
                depth: .quick, scratchFolder: work.scratch)
            func create(_ candidate: PoolCandidate, _ pool: Pool?) throws {
                let isWhole = try report.create(
                    candidate, txg: pool?.txg,
                    raw ? .raw(target) : .image(target, whole ? .whole : .metadata), options)
                if !isWhole { throw ExitStatus.cancelled }
            }
            try PoolRun(input).callAsFunction(
                subject, output,
                closed: { candidate, _ in
                    output.header()
                    try create(candidate, nil)
                }, { pool in try create(pool.candidate, pool) })
        }
    }

    /// The path that `--to` must give for all but `info`.
    private func target(of action: Action) throws -> String {
        if action == .info { return "" }
        guard let to, !to.isEmpty else {
            throw ValidationError(
                "Missing expected argument '--to <path>': \(action == .create && !raw ? "the new file" : "the folder")."
            )
        }
        return to
    }
}
