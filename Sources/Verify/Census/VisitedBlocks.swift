import Objects
import Synchronization
import Vdevs

/// The blocks of pointers that a walk has entered, so that none is entered twice.
///
/// In a sound pool none could be. A damaged one can have a tree whose every pointer leads to the same block, which
/// is soon more work than any machine can do. One number for each block of a thousand pointers is all that it costs, and
/// where these take too much memory, the oldest are forgotten.
final class VisitedBlocks: Sendable {
    private final class Shard: Sendable {
        let numbers: Mutex<RecentNumbers>
        init(memory: Int) { numbers = Mutex(RecentNumbers(memory: memory)) }
    }

    private static let shardCount = 64
    private let shards: [Shard]

    /// `memory` is in bytes.
    init(memory: Int) {
        shards = (0..<Self.shardCount).map { _ in Shard(memory: memory / Self.shardCount) }
    }

    /// Notes a block by the address of its first copy; false where it was noted before.
    ///
    /// Embedded blocks have no address; as each stands in the block that points to it, it can't be reached twice.
    func insert(_ pointer: BlockPointer) -> Bool {
        guard !pointer.isEmbedded else { return true }
        let address = pointer.dva(0)
        // An offset has at most 55 significant bits; those that meet the vdev's number belong to no real device.
        let number = address.offset >> 9 ^ UInt64(address.vdev) << 40
        let shard = Int(truncatingIfNeeded: number ^ number >> 8) & (Self.shardCount - 1)
        return shards[shard].numbers.withLock { $0.insert(number) }
    }
}
