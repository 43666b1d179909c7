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

    /// The logical bytes of blocks that a file has one after another, read together where they lie side by
    /// side; nil for those that have to be read by themselves.
    func readNeighbours(_ pointers: [BlockPointer]) -> [ReadOutcome?]

    /// Looks again for a block that was overwritten because the pool has moved on, at its place in the state
    /// that the pool has come to. `pointer` is where it stood.
    func reread(_ place: TreePlace, insteadOf pointer: BlockPointer) -> RereadOutcome
}

extension BlockSource {
    /// A source that holds logical bytes only gives those.
    package func readStored(_ pointer: BlockPointer) throws(BlockError) -> ReadOutcome {
        try read(pointer)
    }

    /// A source without devices has no neighbours.
    package func readNeighbours(_ pointers: [BlockPointer]) -> [ReadOutcome?] {
        [ReadOutcome?](repeating: nil, count: pointers.count)
    }

    /// A source that does not change has no later state.
    package func reread(_ place: TreePlace, insteadOf pointer: BlockPointer) -> RereadOutcome {
        .gone
    }

    /// Reads the block at a place of a tree; where the pool has moved on since the pointer was read, the block
    /// that stands there by now.
    package func read(
        _ pointer: BlockPointer, at place: TreePlace?
    ) throws(BlockError) -> ReadOutcome {
        do throws(BlockError) {
            return try read(pointer)
        } catch {
            guard case .changed(_, let cause) = error.reason, let place else { throw error }
            switch reread(place, insteadOf: pointer) {
            case .block(let outcome): return outcome
            case .damaged: throw BlockError(pointer, cause)
            case .gone: throw error
            }
        }
    }
}
