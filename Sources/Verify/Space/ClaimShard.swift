import Devices
import Synchronization

/// The claims on one metaslab, shared between workers, with what of them went to the scratch file.
final class ClaimShard: Sendable {
    struct State: Sendable {
        var bucket: ClaimBucket
        var spilled: [ScratchFile.Piece] = []

        /// What the list of pieces takes in memory, in bytes.
        var spilledByteCount: Int { spilled.capacity * MemoryLayout<ScratchFile.Piece>.stride }
    }

    let state: Mutex<State>

    init(unitCount: Int) { state = Mutex(State(bucket: ClaimBucket(unitCount: unitCount))) }
}
