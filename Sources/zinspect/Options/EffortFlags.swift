import ArgumentParser
import Devices

/// The options of every command that may run long: how much of the machine it may use.
struct EffortFlags: ParsableArguments {
    @Option(help: "Read with this many threads; the default is one for each processor.")
    var threads: Int?

    @Option(help: "Hold at most about this much in memory; takes K, M, G and T.")
    var memory = ByteSize(256 << 20)

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads takes 1 to 256.")
        }
        guard memory.bytes >= 16 << 20 else {
            throw ValidationError("--memory takes 16M or more.")
        }
    }

    /// How many threads are to read.
    var threadCount: Int { threads ?? WorkerPool.processors.threadCount }
}
