import Blocks
import Codecs
import Vdevs

/// Blocks in memory, found by the offset of their first address.
struct DictionarySource: BlockSource {
    var blocks: [UInt64: [UInt8]] = [:]
    /// Gives encrypted blocks as stored only, as a reader without keys does.
    var isLocked = false

    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        if isLocked { throw BlockError(pointer, .noKey) }
        return try readStored(pointer)
    }

    func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        guard let bytes = blocks[pointer.dva(0).offset] else {
            throw BlockError(pointer, .noGoodCopy([]))
        }
        return ReadOutcome(bytes: bytes)
    }
}
