import Bytes
import Datasets
import Objects
package import Vdevs

/// What is noted as obsolete of a removed vdev's mapping, beside what nothing refers to any more.
///
/// Both are sums for each entry of the mapping, in its order. What is noted stands in three places: counts that go with the
/// mapping, a space map of what became obsolete since they were written, and a list of blocks that were given new addresses.
package struct ObsoleteBooks: Sendable {
    package let config: VdevConfig
    /// In order; no two overlap.
    package let entries: [IndirectMapping.Entry]
    /// What of each entry can't be obsolete: blocks lie there, or the list names it and is going to be worked off.
    private let kept: [UInt64]
    /// The same as ranges of the vdev, in order.
    package let keptRanges: [Range<UInt64>]
    /// Whether everything that could use the mapping was seen.
    package let isComplete: Bool
    /// The object of the counts; nil where the mapping has none.
    package let countsObject: UInt64?
    /// The counts; nil where they can't be read or are too few.
    package let counts: [UInt32]?
    /// The space map that the vdev names, and that of what its condensing began with.
    package let map: ObsoleteMap?
    package let previous: ObsoleteMap?
    /// Whether the mapping is being written anew without what is obsolete.
    package let isCondensing: Bool

    /// Nil where the vdev was not removed, its mapping can't be read or contradicts itself, or no walk was made.
    ///
    /// The list of blocks with new addresses is taken to be worked off by the next import unless `ignoringList`. Nil also where
    /// there is too little memory, after `whenTooLarge` was called.
    package init?(
        _ config: VdevConfig, _ context: CheckContext, ignoringList: Bool = false,
        whenTooLarge: () -> Void = {}
    ) {
        let pool = context.pool
        guard config.kind == .indirect, let number = config.id.flatMap({ UInt32(exactly: $0) }),
            let use = context.census.mappingUse,
            let mapping = try? pool.mapping(of: config), !mapping.entries.isEmpty,
            Self.areApart(mapping.entries)
        else { return nil }
        let memory = MemoryShare(context.options.memory / SharedBlocks.shareOfMemory)
        var kept = HeldRanges(memory)
        use.forEachRange(of: number) { kept.insert($0) }
        if !ignoringList { Self.addListed(to: &kept, of: number, pool) }
        guard use.isWhole(number), kept.isWhole,
            memory.take(mapping.entries.count * Self.bytesPerEntry)
        else {
            whenTooLarge()
            return nil
        }
        self.config = config
        entries = mapping.entries
        isComplete = context.census.isWalkComplete
        keptRanges = kept.set.ranges
        self.kept = Self.overlaps(of: keptRanges, with: mapping.entries)
        let header = config.indirectObject.flatMap { try? pool.meta.object($0) }
            .flatMap { try? IndirectMappingHeader($0.bonus.rawBytes, $0.order) }
        countsObject = header?.countsObject.flatMap { $0 == 0 ? nil : $0 }
        let stored = try? pool.obsoleteCounts(of: config)
        counts = stored?.values.count == mapping.entries.count ? stored?.values : nil
        let zap = VdevZAP(config.topZAP, pool.meta, "vdev \(number)")
        map = zap.obsoleteMap.flatMap { ObsoleteMap($0, pool, mapping.entries, memory) }
        let condensing = try? pool.condensing()
        let isCondensing =
            condensing.map { $0.vdev == UInt64(number) && $0.nextMapping != 0 } ?? false
        self.isCondensing = isCondensing
        previous =
            isCondensing
            ? condensing.flatMap {
                ObsoleteMap($0.previousObsoleteMap, pool, mapping.entries, memory)
            }
            : nil
        guard map?.isWhole ?? true, previous?.isWhole ?? true else {
            whenTooLarge()
            return nil
        }
    }

    /// What the sums of an entry and its count take, in bytes.
    private static let bytesPerEntry = 3 * MemoryLayout<UInt64>.size + MemoryLayout<UInt32>.size

    private static func areApart(_ entries: [IndirectMapping.Entry]) -> Bool {
        var end: UInt64 = 0
        for entry in entries {
            let (next, overflow) = entry.source.addingReportingOverflow(entry.byteCount)
            guard !overflow, entry.source >= end, entry.byteCount > 0 else { return false }
            end = next
        }
        return true
    }

    private static func addListed(to kept: inout HeldRanges, of vdev: UInt32, _ pool: Pool) {
        guard let list = try? pool.pointerList(.obsoleteList) else { return }
        list.forEachPointer { step in
            guard case .pointer(let pointer, _, _) = step, !pointer.isEmbedded,
                pointer.dva(0).vdev == vdev,
                let range = SpaceRange(BlockAddress(pointer.dva(0)))
            else { return }
            kept.insert(range.bytes)
        }
    }

    /// How many bytes of ranges, which are in order, lie in each entry.
    static func overlaps(
        of ranges: [Range<UInt64>], with entries: [IndirectMapping.Entry]
    ) -> [UInt64] {
        var sums = [UInt64](repeating: 0, count: entries.count)
        var first = 0
        for range in ranges {
            // Sound: entries were found to be apart, so that their ends are numbers.
            while first < entries.count, entries[first].end <= range.lowerBound { first += 1 }
            var place = first
            while place < entries.count, entries[place].source < range.upperBound {
                let entry = entries[place]
                sums[place] +=
                    min(entry.end, range.upperBound) - max(entry.source, range.lowerBound)
                place += 1
            }
        }
        return sums
    }
}

extension ObsoleteBooks {
    /// What of an entry may be noted as obsolete: all that nothing refers to, or where not everything was seen, no more of
    /// that than is noted.
    package func obsolete(ofEntry place: Int) -> UInt64 {
        let free = entries[place].byteCount - min(kept[place], entries[place].byteCount)
        return isComplete ? free : min(free, noted(ofEntry: place) ?? 0)
    }

    /// What of an entry is noted; nil where that is more than it has, or where notes can't be read.
    package func noted(ofEntry place: Int) -> UInt64? {
        var sum: UInt64 = 0
        if countsObject != nil {
            guard let counts else { return nil }
            sum = UInt64(counts[place])
        }
        // Sound: a count has 32 bits, and what maps hold of an entry is no more than that.
        sum += (map?.bytes[place] ?? 0) + (previous?.bytes[place] ?? 0)
        return sum <= entries[place].byteCount ? sum : nil
    }

    /// Runs of the vdev, in order, that lie so many bytes of each entry in what nothing refers to.
    package func freeRuns(_ bytes: [UInt64]) -> [Range<UInt64>] {
        var runs: [Range<UInt64>] = []
        var next = 0
        for (entry, wanted) in zip(entries, bytes) where wanted > 0 {
            var left = wanted
            var start = entry.source
            while next < keptRanges.count, keptRanges[next].upperBound <= start { next += 1 }
            var place = next
            while left > 0, start < entry.end {
                let gap = place < keptRanges.count ? keptRanges[place].lowerBound : .max
                let end = min(gap, entry.end)
                if start < end {
                    let taken = min(end - start, left)
                    runs.append(start..<start + taken)
                    left -= taken
                }
                guard place < keptRanges.count else { break }
                start = max(start, keptRanges[place].upperBound)
                place += 1
            }
        }
        return runs
    }

    /// Whether the map holds nothing but ranges of the mapping that nothing refers to, each once.
    package var hasSoundMap: Bool {
        guard let map else { return true }
        guard map.isSound else { return false }
        let held = map.ranges
        var next = 0
        for range in keptRanges {
            while next < held.count, held[next].upperBound <= range.lowerBound { next += 1 }
            if next < held.count, held[next].lowerBound < range.upperBound { return false }
        }
        return true
    }
}

extension IndirectMapping.Entry {
    /// Where the piece ends on the removed vdev; only sound for an entry that was checked.
    package var end: UInt64 { source &+ byteCount }
}
