import ArgumentParser

/// The options of commands that check a whole pool.
struct WorkFlags: ParsableArguments {
    @OptionGroup var threads: ThreadFlags

    @Option(
        help: """
            Keep within about this much memory: claims of space go to a temporary file, and what else \
            does not fit is left unchecked. Takes K, M, G and T.
            """)
    var memory = ByteSize(1 << 30)

    @Option(
        help: "Put the temporary file into this folder.", completion: .directory
    )
    var scratch = "/var/tmp"

    func validate() throws {
        guard memory.bytes >= 16 << 20 else {
            throw ValidationError("--memory takes 16M or more.")
        }
    }
}
