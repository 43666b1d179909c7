import ArgumentParser
import Bytes
import Datasets
import Devices
import Repair
import Report

/// `zinspect undo POOL FILE`
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Takes an applied repair back, byte for byte.",
        discussion: """
            FILE is the undo log that the repair wrote. Another pool is refused, and so is one to which anybody has written since: \
            in each place there must be what the repair wrote, or what stood there before. What is taken back is kept in an undo \
            log of its own, so that the undo can be undone. With --overlay the pool is left alone.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "The undo log.", completion: .file())
    var file: String

    @Flag(help: "Only say whether it could be taken back, and what would be written.")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Keep what is taken back in this new file; by default POOL-TXG.redo in the current folder.",
            valueName: "file"),
        completion: .file())
    var undoLog: String?

    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func validate() throws {
        if input.txg != nil || input.checkpoint {
            throw ValidationError("Only the newest state of a pool can be taken back.")
        }
    }

    func run() throws {
        let interruption = Interruption.watch(status: ExitStatus.cancelled.rawValue)
        try CommandRun(name: "undo", flags: output) { output in
            let overlay = try input.openedOverlay(mayBeNew: true)
            try PoolRun(input, writesOverlay: true, takesDetached: true)(pool, output) { pool in
                let log = try UndoLog.read(try FileDevice(path: file))
                let undo = UndoRun(pool: pool, log: log)
                UndoReport(output).show(log)
                guard !dryRun else {
                    try undo.confirm()
                    output.lines(["It can be taken back. Nothing was written."])
                    return
                }
                if let path = input.overlay {
                    try undo.run(overlay: path, over: overlay)
                    output.lines([
                        "The pool itself is as it was. With `--overlay \(path)` it is seen as at txg \(log.oldTxg)."
                    ])
                    return
                }
                let redo = undoLog ?? "\(pool.name)-\(log.newTxg.rawValue).redo"
                try undo.run(undoLog: redo, interruption: interruption)
                output.lines([
                    "Taken back: \(pool.name) is as it was at txg \(log.oldTxg).",
                    "`zinspect undo POOL \(redo)` carries the repair out again, as long as nobody writes to the pool.",
                ])
            }
        }
    }
}
