import ArgumentParser
import Devices

/// How many processors a command may use.
struct ThreadFlags: ParsableArguments {
    @Option(help: "Work with this many threads; the default is one for each processor.")
    var threads: Int?

    /// How many threads are to work.
    var count: Int { threads ?? WorkerPool.processors.threadCount }

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads takes 1 to 256.")
        }
    }
}
