import ArgumentParser
import Verify

/// What `verify` looks at.
struct CheckFlags: ParsableArguments {
    @Flag(help: "Read no file data: all metadata only.")
    var quick = false

    @Flag(
        help: """
            Also read and compare every copy, every side of a mirror and all parity; decompress all file data, and decrypt \
            and prove what a key was given for.
            """)
    var deep = false

    @Option(
        help: ArgumentHelp(
            "Look for these problems only: codes (zap.bad-hash) or families (zap), separated by commas; may be repeated.",
            valueName: "code"))
    var only: [String] = []

    @Option(
        help: ArgumentHelp(
            "Don't look for these problems; named in the same way.", valueName: "code"))
    var skip: [String] = []

    @Option(
        help: "Also write the report as one self-contained page into this file.",
        completion: .file(extensions: ["html"]))
    var html: String?

    @Option(
        help: """
            Keep in this file which datasets' contents were proven, and go on from there if the run was interrupted; the \
            file is removed when all is done.
            """, completion: .file())
    var state: String?

    @Flag(
        help: """
            Check nothing; list every state that the uberblocks still lead to: what of it can be read, and what \
            going back to it would lose. With --txg down to that one, which is told in full.
            """)
    var rewind = false

    var depth: VerifyDepth { deep ? .deep : quick ? .quick : .standard }
    var selection: CheckSelection { CheckSelection(only: codes(only), skip: codes(skip)) }

    func validate() throws {
        if quick && deep {
            throw ValidationError("--quick and --deep exclude each other.")
        }
        if rewind && (deep || html != nil || state != nil || !only.isEmpty || !skip.isEmpty) {
            throw ValidationError(
                "--rewind goes with none of --deep, --only, --skip, --html and --state.")
        }
        let unknown = CheckSelection.unknown(among: codes(only + skip))
        guard unknown.isEmpty else {
            throw ValidationError(
                "There is no problem or family called \(unknown.joined(separator: ", ")); `zinspect explain` lists them."
            )
        }
    }

    private func codes(_ lists: [String]) -> [String] {
        lists.flatMap { $0.split(separator: ",").map(String.init) }
    }
}
