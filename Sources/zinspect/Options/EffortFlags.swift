import ArgumentParser

/// The options of every command that reads many files: how much of the machine it may use.
struct EffortFlags: ParsableArguments {
    @OptionGroup var threads: ThreadFlags

    @Option(help: "Hold at most about this much in memory; takes K, M, G and T.")
    var memory = ByteSize(256 << 20)

    func validate() throws {
        guard memory.bytes >= 16 << 20 else {
            throw ValidationError("--memory takes 16M or more.")
        }
    }

    /// How many threads are to read.
    var threadCount: Int { threads.count }
}
