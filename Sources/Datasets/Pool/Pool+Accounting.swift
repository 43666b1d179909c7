import Bytes
import Objects
import Vdevs

/// Space in the bytes that datasets are charged.
extension Pool {
    /// How space on vdevs is charged.
    package var deflation: Deflation {
        Deflation(vdevs, isOn: directory.value(.deflate)?.uint64 == 1)
    }

    /// What the pool's datasets can have together.
    package func space(_ books: SpaceBooks) -> PoolSpace {
        let deflation = deflation
        var shared = blockReferences().saved
        for table in dedupTables() {
            let total = table.histogram(deflation).total
            if total.referencedAllocatedBytes > total.allocatedBytes {
                shared.addClamped(total.referencedAllocatedBytes - total.allocatedBytes)
            }
        }
        var withheld: UInt64 = 0
        do throws(PoolError) {
            withheld.addClamped(try pointerList(.deferredFrees)?.header.bytes ?? 0)
            if directory.value(.checkpoint) != nil {
                for top in rootConfig.children {
                    let map = try checkpointMap(of: top)
                    let freed =
                        map.map { UInt64(clamping: -max($0.header.allocated, .min + 1)) } ?? 0
                    let id = top.id.flatMap { UInt32(exactly: $0) } ?? .max
                    withheld.addClamped(deflation.charged(freed, on: id))
                }
            }
        } catch {
            notes.damage("the space that is withheld", "\(error)", code: .withheld)
        }
        return PoolSpace(books, deflation, shared: shared, withheld: withheld)
    }

    /// What a file system or volume can still take, by its own and its parents' quotas and the pool's space.
    ///
    /// Mirrors `dsl_dir_space_available` (`module/zfs/dsl_dir.c`).
    package func available(
        to node: DatasetNode, in tree: DatasetTree, _ space: PoolSpace
    ) -> UInt64 {
        var chain: [DatasetNode] = []
        var name = node.name
        while let node = tree.node(named: name) {
            chain.append(node)
            guard let slash = name.lastIndex(of: "/") else { break }
            name = String(name[..<slash])
        }
        var available = UInt64.max
        for (index, node) in chain.reversed().enumerated() {
            let directory = node.directory
            let used = directory.usedBytes
            var quota = directory.quota == 0 ? UInt64.max : directory.quota
            if index == 0 { quota = min(quota, space.usable) }
            if available != .max, directory.reserved > used {
                available.addClamped(directory.reserved - used)
            }
            available = used > quota ? 0 : min(available, quota - used)
        }
        return available
    }
}
