import Synchronization
import Vdevs

/// Blocks that workers had not proved when the walk ended, for whoever has nothing left to do.
///
/// Without it the last batch of one worker would keep all others waiting.
final class LeftoverBlocks: Sendable {
    /// A block that waits to be proved.
    struct Block: Sendable {
        let pointer: BlockPointer
        let place: BlockPlace
        /// The walk reads it itself and tells whether it can; only its copies and codes are asked for.
        let isKnown: Bool
    }

    private let blocks = Mutex<[Block]>([])

    /// Moves all of `own` here.
    func give(_ own: inout [Block]) {
        blocks.withLock { $0 += own }
        own.removeAll(keepingCapacity: true)
    }

    /// Moves up to `count` blocks to `own`, which is empty; false where there are none.
    func take(_ count: Int, into own: inout [Block]) -> Bool {
        blocks.withLock { blocks in
            own += blocks.suffix(count)
            blocks.removeLast(min(count, blocks.count))
        }
        return !own.isEmpty
    }
}
