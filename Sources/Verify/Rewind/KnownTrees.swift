import Bytes
import Synchronization
import Vdevs

/// Blocks that the walk over a newer state has met, with what was found unreadable below them.
///
/// States of a pool share most of their trees. What hangs below a block that a newer state has, too, was read there, so it
/// need not be read again; only blocks that stand in one born after the oldest state are kept, since no other can be met a
/// second time. A block is told by its address and its birth together: in an older state another can have stood there. Where
/// there are more than memory holds, the rest is read once more for each state that has it.
final class KnownTrees: Sendable {
    /// What tells a block from all others that ever were in its place.
    struct Key: Hashable, Sendable {
        private let word0: UInt64
        private let word1: UInt64
        private let birth: TransactionGroup

        init(_ pointer: BlockPointer) {
            let address = pointer.dva(0)
            word0 = address.word0
            word1 = address.word1
            birth = pointer.physicalBirth
        }
    }

    /// How a block was met before.
    enum Meeting: Equatable {
        case first
        /// The same walk has it in another place, too.
        case inSameWalk
        /// A newer state has it; so many blocks below it can't be read.
        case inNewerState(unreadable: UInt64)
    }

    private struct Block {
        let parent: Key?
        let walk: Int
        var unreadable: UInt64 = 0
    }

    private struct Content {
        var blocks: [Key: Block] = [:]
        /// The nearest block above that is kept, for those that wait to be entered and are not kept themselves.
        var anchors: [Key: Key] = [:]
    }

    private final class Shard: Sendable {
        let content = Mutex(Content())
    }

    private static let shardCount = 64
    private let shards: [Shard] = (0..<shardCount).map { _ in Shard() }
    /// Blocks that a shard may keep.
    private let limit: Int
    /// While a dictionary grows it has its older self beside it.
    private static let bytesPerBlock = 320

    /// `memory` is in bytes.
    init(memory: Int) { limit = memory / Self.bytesPerBlock / Self.shardCount }
    /// A tree of more levels than any has is a circle.
    private static let deepest = 64

    private func shard(_ key: Key) -> Shard {
        shards[Int(truncatingIfNeeded: key.hashValue & (Self.shardCount - 1))]
    }

    /// Keeps a block that the walk of that number meets below `parent`.
    func meet(_ key: Key, below parent: Key?, walk: Int) -> Meeting {
        shard(key).content.withLock { content in
            guard let block = content.blocks[key] else {
                if content.blocks.count < limit {
                    content.blocks[key] = Block(parent: parent, walk: walk)
                }
                return .first
            }
            return block.walk == walk
                ? .inSameWalk : .inNewerState(unreadable: block.unreadable)
        }
    }

    /// Notes which kept block stands above one that is not kept, until that is entered.
    func setAnchor(_ anchor: Key, of key: Key) {
        shard(key).content.withLock { $0.anchors[key] = anchor }
    }

    /// The kept block above, or the block itself where it is kept; forgotten with that.
    func takeAnchor(of key: Key) -> Key {
        shard(key).content.withLock { $0.anchors.removeValue(forKey: key) } ?? key
    }

    /// Notes that so many blocks at or below a kept one can't be read.
    func noteUnreadable(below key: Key, count: UInt64 = 1) {
        var next: Key? = key
        for _ in 0..<Self.deepest {
            guard let current = next else { return }
            next = shard(current).content.withLock { content in
                content.blocks[current]?.unreadable &+= count
                return content.blocks[current]?.parent
            }
        }
    }
}
