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
            in each place there must be what the repair wrote, or what stood there before.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "The undo log.", completion: .file())
    var file: String

    @Flag(help: "Only say whether it could be taken back, and what would be written.")
    var dryRun = false

    @OptionGroup var input: PoolFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        try CommandRun(name: "undo", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let log = try UndoLog.read(try FileDevice(path: file))
                let undo = UndoRun(pool: pool, log: log)
                UndoReport(output).show(log)
                guard !dryRun else {
                    try undo.confirm()
                    output.lines(["It can be taken back. Nothing was written."])
                    return
                }
                try undo.run()
                output.lines(["Taken back: \(pool.name) is as it was at txg \(log.oldTxg)."])
            }
        }
    }
}
