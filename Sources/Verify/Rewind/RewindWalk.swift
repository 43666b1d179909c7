import Blocks
import Bytes
import Devices

/// What all workers of the walk over one state share.
struct RewindWalk: Sendable {
    let source: any BlockSource
    let known: KnownTrees
    let tally: RewindTally
    /// Tells the walks of different states apart.
    let number: Int
    /// The oldest state of the survey: blocks up to then are in every state that has what leads to them.
    let oldest: TransactionGroup
    /// Whether the contents of files and volumes are read, too.
    let readsData: Bool
    let meter: ProgressMeter
}
