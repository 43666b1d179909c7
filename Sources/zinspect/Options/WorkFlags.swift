import ArgumentParser
import Devices

/// The options of commands that work through a whole pool.
struct WorkFlags: ParsableArguments {
    @Option(help: "Use this many threads; as many as there are processors otherwise.")
    var threads: Int?

    @Option(
        help: "Keep within this much memory; what is more goes to a temporary file.")
    var memory = ByteCount(1 << 30)

    @Option(help: "Put the temporary file into this folder.", completion: .directory)
    var scratch = "/var/tmp"

    var threadCount: Int { threads ?? WorkerPool.processors.threadCount }

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads takes a number from 1 to 256.")
        }
        if memory.value < 1 << 20 {
            throw ValidationError("--memory takes at least 1M.")
        }
    }
}
