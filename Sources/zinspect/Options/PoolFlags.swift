import ArgumentParser
import Bytes
import Datasets
import FoundationEssentials

/// The options of every command that reads a pool.
struct PoolFlags: ParsableArguments {
    @Option(
        name: [.customShort("d"), .long],
        help: "Look for pools and their devices under this path; may be repeated.",
        completion: .directory)
    var search: [String] = []

    @Option(
        help:
            "Find the pool's devices by the paths in this cache file; repair also writes its entry in the file anew.",
        completion: .file())
    var cachefile: String?

    @Option(
        help: ArgumentHelp(
            "See the pool through this copy-on-write file, in which repair and undo write what they would write to the pool.",
            valueName: "file"),
        completion: .file())
    var overlay: String?

    @Option(help: "Read the pool as of this transaction group.")
    var txg: UInt64?

    @Flag(help: "Read the checkpointed state of the pool.")
    var checkpoint = false

    @OptionGroup var devices: DeviceFlags

    /// What is in the file of `--overlay`; nil where there is none yet and `isNew` allows that.
    func openedOverlay(mayBeNew isNew: Bool = false) throws -> PoolOverlay? {
        guard let overlay else { return nil }
        if isNew && !FileManager.default.fileExists(atPath: overlay) { return nil }
        return try PoolOverlay(path: overlay)
    }

    func validate() throws {
        if txg != nil && checkpoint {
            throw ValidationError("--txg and --checkpoint name two different states of the pool.")
        }
    }
}
