package import Bytes
import Objects
package import Vdevs

/// The space books of one top-level vdev.
package struct VdevSpace: Sendable {
    package let config: VdevConfig
    package let id: UInt32
    package let allocationClass: AllocationClass
    /// Bytes of a metaslab.
    package let metaslabSize: UInt64
    /// The object with the txg from which on each metaslab's changes stand in logs; 0 for none.
    package let unflushedObject: UInt64
    package var metaslabs: [Metaslab]

    /// What the metaslabs have together; those whose books can't be read count as full.
    package var total: SpaceTotal {
        var total = SpaceTotal()
        for metaslab in metaslabs {
            let allocated = metaslab.allocated.map { UInt64(clamping: $0) } ?? metaslab.size
            total.add(SpaceTotal(size: metaslab.size, allocated: min(allocated, metaslab.size)))
        }
        return total
    }

    /// In percent, weighted by free space; nil where fewer than half of the metaslabs keep a histogram.
    ///
    /// Mirrors `metaslab_group_fragmentation` (`module/zfs/metaslab.c`) of OpenZFS 2.4.
    package var fragmentation: UInt64? {
        var valid = 0
        var free = 0.0
        var weighted = 0.0
        for metaslab in metaslabs {
            guard let fragmentation = metaslab.fragmentation else { continue }
            valid += 1
            let own = Double(max(0, metaslab.free ?? 0))
            free += own
            weighted += own * Double(fragmentation)
        }
        guard valid >= (metaslabs.count + 1) / 2, free > 0 else { return nil }
        return UInt64(weighted / free)
    }

    /// How many free runs there are of each size, by the binary logarithm of the size in bytes.
    package var histogram: [UInt64] {
        var sums = [UInt64](repeating: 0, count: 64)
        for metaslab in metaslabs {
            for (bucket, count) in (metaslab.header?.histogram ?? []).enumerated() {
                sums[min(63, bucket + Int(metaslab.shift))].addClamped(count)
            }
        }
        return sums
    }

    package var record: Record {
        var record = Record([
            "vdev": .number(UInt64(id)),
            "kind": .text(config.kind.description),
            "class": .text(allocationClass.rawValue),
            "metaslabs": .number(UInt64(metaslabs.count)),
            "metaslab_size": .bytes(metaslabSize),
        ])
        for entry in total.record.entries { record.add(entry.name, entry.value) }
        record.add("fragmentation", fragmentation.map { .number($0) })
        if unflushedObject != 0 { record.add("unflushed_object", .number(unflushedObject)) }
        return record
    }
}
