import Datasets
import Objects
import Vdevs

/// A space map of what of a removed vdev's mapping became obsolete, as far as it can be read.
///
/// In bytes of the vdev, allocations only, each once (`vdev_indirect_sync_obsolete`, `module/zfs/vdev_indirect.c`).
package struct ObsoleteMap: Sendable {
    package let object: UInt64
    /// What it holds of the mapping, in order.
    let ranges: [Range<UInt64>]
    /// The same for each entry of the mapping.
    package let bytes: [UInt64]
    /// Whether it holds nothing else, and its header fits.
    let isSound: Bool
    /// Whether there was memory for all of it.
    let isWhole: Bool

    /// Nil where there is no such object; one that is no space map holds nothing.
    init?(
        _ number: UInt64, _ pool: Pool, _ entries: [IndirectMapping.Entry], _ memory: MemoryShare
    ) {
        guard number != 0 else { return nil }
        object = number
        var held = HeldRanges(memory)
        var isSound = false
        if let map = try? pool.meta.spaceMap(number) {
            var balance = SpaceMapBalance(shift: 0)
            var flaws = 0
            let found = map.forEachEntry { entry in
                balance.add(entry)
                guard entry.kind == .allocation, let range = entry.range(start: 0, shift: 0),
                    held.insert(range) == nil
                else {
                    flaws += 1
                    return
                }
            }
            isSound = found.isEmpty && flaws == 0 && balance.flaw(in: map.header) == nil
        }
        isWhole = held.isWhole
        ranges = held.set.ranges
        bytes = ObsoleteBooks.overlaps(of: ranges, with: entries)
        // What lies outside of the mapping is in no entry.
        self.isSound = isSound && bytes.reduce(0, &+) == held.set.byteCount
    }
}
