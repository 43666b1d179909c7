import Bytes
import Synchronization
import Vdevs

/// What the walk over one state brought, from all its workers.
final class RewindTally: Sendable {
    /// A block of the state that can't be read.
    struct Loss: Sendable {
        let pointer: BlockPointer
        let place: BlockPlace
        let cause: String
    }

    struct Sums: Sendable {
        var readCount: UInt64 = 0
        /// Blocks that can't be read, those that newer states share included; what lies below them is not counted.
        var unreadableCount: UInt64 = 0
        /// Those of them that a newer state has, too.
        var sharedCount: UInt64 = 0
        /// Datasets whose own root is among them.
        var lostRoots: Set<UInt64> = []
        /// The first that were met.
        var losses: [Loss] = []
    }

    private let sums = Mutex(Sums())
    private let holders = Mutex<[UInt64: KnownTrees.Key]>([:])
    /// Losses that are kept to be named.
    private static let mostKept = 100

    var total: Sums { sums.withLock { $0 } }

    /// Notes which block of the MOS holds a dataset: what is damaged in the dataset's tree is damaged below that block.
    func note(holder: KnownTrees.Key, ofDataset object: UInt64) {
        holders.withLock { $0[object] = holder }
    }

    func holder(ofDataset object: UInt64) -> KnownTrees.Key? {
        holders.withLock { $0[object] }
    }

    func addRead(_ count: UInt64) { sums.withLock { $0.readCount += count } }

    func addShared(_ count: UInt64) {
        sums.withLock { sums in
            sums.unreadableCount &+= count
            sums.sharedCount &+= count
        }
    }

    func add(_ loss: Loss) {
        sums.withLock { sums in
            sums.unreadableCount += 1
            if loss.place.level == BlockPlace.rootLevel {
                sums.lostRoots.insert(loss.place.objectSet)
            }
            if sums.losses.count < Self.mostKept { sums.losses.append(loss) }
        }
    }
}
