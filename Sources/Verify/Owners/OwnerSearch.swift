package import Datasets
package import Devices
import Synchronization
import Vdevs

/// Finds who owns given pieces of space: a walk over the pool that looks for nothing else.
package struct OwnerSearch: Sendable {
    private let pool: Pool
    private let vdevs: [VdevGeometry]
    private let threadCount: Int
    private let interruption: Interruption

    package init(
        _ pool: Pool, vdevs: [VdevGeometry], threadCount: Int, interruption: Interruption
    ) {
        self.pool = pool
        self.vdevs = vdevs
        self.threadCount = threadCount
        self.interruption = interruption
    }

    private final class Found: Sendable {
        let owners: Mutex<[[BlockOwner]]>
        init(count: Int) { owners = Mutex([[BlockOwner]](repeating: [], count: count)) }
    }

    /// The owners of each piece, in the order of the pieces and by place; empty where nobody owns it.
    package func owners(of ranges: [SpaceRange]) -> [[BlockOwner]] {
        owners(of: .space(WantedRanges(ranges)), count: ranges.count)
    }

    /// The owners of what lies in a piece of a device.
    package func owners(of range: DeviceRange) -> [BlockOwner] {
        owners(of: .device(range), count: 1)[0]
    }

    private func owners(of wanted: OwnerTarget, count: Int) -> [[BlockOwner]] {
        let space = PointerSpace(reader: pool.reader, vdevs: vdevs)
        let found = Found(count: count)
        var census = PoolCensus<OwnerVisitor>(
            pool, threadCount: threadCount, interruption: interruption)
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
