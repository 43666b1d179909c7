import Datasets
import Devices
import Synchronization
import Vdevs

/// Finds who owns given pieces of space: a walk over the pool that looks for nothing else.
struct OwnerSearch: Sendable {
    private let pool: Pool
    private let vdevs: [VdevGeometry]
    private let threadCount: Int
    private let memory: Int
    private let interruption: Interruption

    /// `memory` is what the run may take, in bytes.
    init(
        _ pool: Pool, vdevs: [VdevGeometry], threadCount: Int, memory: Int,
        interruption: Interruption
    ) {
        self.pool = pool
        self.vdevs = vdevs
        self.threadCount = threadCount
        self.memory = memory
        self.interruption = interruption
    }

    private final class Found: Sendable {
        let owners: Mutex<[[BlockOwner]]>
        init(count: Int) { owners = Mutex([[BlockOwner]](repeating: [], count: count)) }
    }

    /// The owners of each piece, in the order of the pieces and by place; empty where nobody owns it.
    func owners(of ranges: [SpaceRange]) -> [[BlockOwner]] {
        owners(of: .space(WantedRanges(ranges)), count: ranges.count)
    }

    /// The owners of what lies in a piece of a device.
    func owners(of range: DeviceRange) -> [BlockOwner] {
        owners(of: .device(range), count: 1)[0]
    }

    private func owners(of wanted: OwnerTarget, count: Int) -> [[BlockOwner]] {
        let space = PointerSpace(reader: pool.reader, vdevs: vdevs)
        let found = Found(count: count)
        var census = PoolCensus<OwnerVisitor>(
            pool, threadCount: threadCount, memory: memory, interruption: interruption)
        census.run {
            OwnerVisitor(space, wanted)
        } finish: { visitor in
            let list = visitor.found
            found.owners.withLock { owners in
                for (number, owner) in list where !owners[number].contains(owner) {
                    owners[number].append(owner)
                }
            }
        }
        var names = OwnerNames(pool)
        return found.owners.withLock { $0 }.map { owners in
            owners.map { names.named($0) }.sorted { $0.place.sortKey < $1.place.sortKey }
        }
    }
}

extension BlockPlace {
    /// Orders places as a walk would meet them.
    var sortKey: (UInt8, UInt64, UInt64, Int8, UInt64) {
        (origin.rawValue, objectSet, object, -level, index)
    }
}
