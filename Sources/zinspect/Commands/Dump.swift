import ArgumentParser
import Bytes
import Report

/// `zinspect dump POOL [WHAT ...]`
struct Dump: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints what is in a pool: an overview, or the parts that are named.",
        discussion: """
            WHAT is one of \(DumpTopic.Part.allCases.map(\.rawValue).joined(separator: ", ")), \
            or a DATASET (tank/home@snap, objset:54, mos), an OBJECT (DATASET#34 or DATASET:/path), \
            or a block (VDEV:OFFSET:ASIZE in hexadecimal). Without WHAT: an overview. -v tells more.
            """)

    @Argument(help: "The pool: a device, an image file, a directory, a name or a GUID.")
    var pool: String

    @Argument(help: "What to print.")
    var what: [String] = []

    @Option(
        help: "Read blocks named by their address as born in this transaction group.")
    var birth: UInt64?

    @OptionGroup var input: PoolFlags
    @OptionGroup var keys: KeyFlags
    @OptionGroup var output: OutputFlags

    func run() throws {
        let topics = try what.map { text in
            guard let topic = DumpTopic(text) else {
                throw ValidationError("'\(text)' is nothing that dump can print.")
            }
            return topic
        }
        try CommandRun(name: "dump", flags: output) { output in
            try PoolRun(input).callAsFunction(pool, output) { pool in
                let report = DumpReport(
                    try keys.contents(of: pool), output, birth: birth.map { TransactionGroup($0) })
                try report.show(topics)
            }
        }
    }
}
