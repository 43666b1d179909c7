import ArgumentParser
import Bytes
import Datasets

/// The options of every command that reads a pool.
struct PoolFlags: ParsableArguments {
    @Option(
        name: [.customShort("d"), .long],
        help: "Look for pools and their devices under this path; may be repeated.",
        completion: .directory)
    var search: [String] = []

    @Option(
        help: "Find the pool's devices by the paths in this cache file.", completion: .file())
    var cachefile: String?

    @Option(help: "Read the pool as of this transaction group.")
    var txg: UInt64?

    @Flag(help: "Read the checkpointed state of the pool.")
    var checkpoint = false

    @OptionGroup var devices: DeviceFlags

    func validate() throws {
        if txg != nil && checkpoint {
            throw ValidationError("--txg and --checkpoint name two different states of the pool.")
        }
    }
}
