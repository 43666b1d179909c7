package import Vdevs

/// Whatever turns a block pointer into the bytes it stands for.
///
/// Everything above Blocks reads through this, so that a pool, an overlay of planned writes and a test's
/// dictionary of blocks are the same to it.
package protocol BlockSource: Sendable {
    /// The block's logical bytes, as many as its logical size; holes read as zeros.
    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome

    /// The block's bytes as stored: neither decrypted nor decompressed.
    ///
    /// What of an encrypted block stands in the clear is read by it without a key.
    func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome
}

extension BlockSource {
    /// A source that holds logical bytes only gives those.
    package func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        try read(pointer)
    }
}
