import Blocks
import Vdevs

/// The blocks of one object set, looked for in the newest state where the pool moves on while it is read.
struct LiveSource: BlockSource {
    let reader: BlockReader
    let live: LivePool
    /// The dataset's object in the MOS; nil for the MOS itself.
    let dataset: UInt64?
    let key: DatasetKey?

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        try reader.read(pointer)
    }

    func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        try reader.readStored(pointer)
    }

    func reread(_ place: TreePlace, insteadOf pointer: BlockPointer) -> RereadOutcome {
        live.reread(place, insteadOf: pointer, dataset: dataset, key: key)
    }
}
