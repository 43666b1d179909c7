package import Vdevs

/// Whatever turns a block pointer into the bytes it stands for.
///
/// Everything above Blocks reads through this, so that a pool, an overlay of planned writes and a test's
/// dictionary of blocks are the same to it.
package protocol BlockSource: Sendable {
    /// The block's logical bytes, as many as its logical size; holes read as zeros.
    func read(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome
}
