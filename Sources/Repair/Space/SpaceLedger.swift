import Bytes
import Datasets
import Objects
import Vdevs
import Verify

/// Writes down in a draft of the MOS what a repair takes and gives back.
///
/// As ZFS does it: where the pool keeps log space maps, a new log of the repair's group holds what was allocated, else
/// each metaslab's own map does. Blocks that the new tree no longer needs are not freed but put on the list of deferred
/// frees (`sync_bplist`), which ZFS frees at the start of the next group with all that hangs on a free: gang members, the
/// checkpoint, obsolete counts of removed vdevs, dedup. So only metaslabs that are allocated from change.
///
/// A metaslab's map that is written anew says what the census found as of before the repair, in as few entries as that
/// takes; its changes in older logs are then void, and what the repair itself takes follows, as after `metaslab_flush`.
struct SpaceLedger {
    private let pool: Pool
    private let survey: SpaceSurvey
    private let txg: TransactionGroup
    /// Metaslabs whose maps are written anew, by their places in the survey.
    private let rebuilt: Set<Int>
    /// What of them is free from now on, although the survey has an owner.
    private let released: [SpaceRange]
    private let books: SpaceBooks
    private let deflation: Deflation
    private let allowsTwoWords: Bool
    /// The list of the logs, where the pool has one.
    private let logList: UInt64?
    /// The place of each vdev's first metaslab.
    private let first: [UInt32: Int]
    /// Space maps that nothing refers to, for metaslabs that need another.
    private let spareMaps: [UInt64]
    /// The objects of the logs.
    private let logObjects: Set<UInt64>
    /// Metaslabs that were taken from in any pass, so that the set only grows.
    private var touched: Set<Int> = []

    init(
        _ pool: Pool, _ survey: SpaceSurvey, txg: TransactionGroup, rebuilt: Set<Int>,
        released: [SpaceRange] = [], deflation: Deflation
    ) {
        self.pool = pool
        self.survey = survey
        self.txg = txg
        self.rebuilt = rebuilt
        self.released = released.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
        first = Dictionary(
            survey.metaslabs.enumerated().map { ($1.vdev, $0) }, uniquingKeysWith: { min($0, $1) })
        books = pool.spaceBooks()
        self.deflation = deflation
        allowsTwoWords = pool.features.isActive("spacemap_v2")
        logList = pool.directory.object(.logSpaceMaps)
        logObjects = Set(pool.logSpaceMaps().logs.map(\.map.object.number))
        spareMaps = rebuilt.isEmpty ? [] : SpareSpaceMaps.find(pool, survey)
    }

    /// Enters what was allocated, in bytes of the vdevs, and the blocks that are no longer needed.
    mutating func enter(
        _ allocated: [SpaceRange], freed: [BlockPointer], into meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try PointerListWriter(deflation: deflation).deferFrees(of: freed, pool, in: &meta)
        let claimed = PendingLogs.ranges(survey.pendingLogBlocks, upTo: txg)
        let byMetaslab = try sortedOut(allocated + claimed)
        touched.formUnion(byMetaslab.keys)
        touched.formUnion(rebuilt)
        var maps: [UInt64: Int] = [:]
        for (position, metaslab) in survey.metaslabs.enumerated().reversed() {
            maps[metaslab.mapObject] = position
        }
        var spare = spareMaps[...]
        for position in touched.sorted() {
            let metaslab = survey.metaslabs[position]
            let own = (byMetaslab[position] ?? []).sorted { $0.lowerBound < $1.lowerBound }
            let writer = MetaslabMapWriter(
                pool: pool, metaslab: metaslab, txg: txg,
                contents: contents(of: metaslab), spare: spare.first,
                logObjects: logObjects,
                isShared: maps[metaslab.mapObject] != position, allowsTwoWords: allowsTwoWords,
                hasLogs: logList != nil)
            let isReplaced = try writer.write(
                own, isRebuilt: rebuilt.contains(position), books: books, to: &meta)
            if isReplaced { spare = spare.dropFirst() }
        }
        guard let logList else { return }
        try dropOldLogs(list: logList, unneeded: spare, from: &meta)
        try writeLog(byMetaslab, list: logList, to: &meta)
    }

    /// The units that the map of a metaslab is to hold where it is written anew.
    private func contents(of metaslab: SurveyedMetaslab) -> [Range<Int>] {
        let held = survey.contents(of: metaslab) ?? metaslab.claimed
        let freed = released.filter { $0.vdev == metaslab.vdev }
            .map { $0.bytes.clamped(to: metaslab.bounds) }.filter { !$0.isEmpty }
        guard !freed.isEmpty else { return held }
        return held.subtracting(
            freed.map { metaslab.geometry.units($0, ofMetaslab: metaslab.index) })
    }

    /// The ranges by the metaslab that they lie in.
    private func sortedOut(_ ranges: [SpaceRange]) throws(RepairError) -> [Int: [Range<UInt64>]] {
        var sorted: [Int: [Range<UInt64>]] = [:]
        for range in ranges {
            let first = first[range.vdev] ?? .max
            guard survey.metaslabs.indices.contains(first) else {
                throw .unsupported("vdev \(range.vdev) has no metaslabs")
            }
            let shift = UInt64(survey.metaslabs[first].geometry.metaslabShift)
            let position = first &+ Int(truncatingIfNeeded: range.bytes.lowerBound >> shift)
            guard survey.metaslabs.indices.contains(position),
                survey.metaslabs[position].vdev == range.vdev,
                survey.metaslabs[position].bounds.contains(range.bytes)
            else {
                throw .unsupported(
                    "the log block at \(range.bytes) of vdev \(range.vdev) lies in no metaslab")
            }
            sorted[position, default: []].append(range.bytes)
        }
        return sorted
    }

    /// Writes the log of the repair's group, with the name by which ZFS finds it.
    private func writeLog(
        _ byMetaslab: [Int: [Range<UInt64>]], list: UInt64, to meta: inout ObjectSetDraft
    ) throws(RepairError) {
        let blockSize = 1 << 17
        var encoder = SpaceMapEncoder(blockSize: blockSize, allowsTwoWords: true)
        encoder.appendDebug(.allocation, txg: txg.rawValue, syncPass: 1)
        var total: UInt64 = 0
        for (position, ranges) in byMetaslab.sorted(by: { $0.key < $1.key }) {
            for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
                let size = range.upperBound - range.lowerBound
                total += size
                try RepairError.format(of: list) { () throws(FormatError) in
                    try encoder.append(
                        .allocation, offset: range.lowerBound >> UInt64(LogSpaceMap.shift),
                        run: size >> UInt64(LogSpaceMap.shift),
                        vdev: survey.metaslabs[position].vdev)
                }
            }
        }
        let number = try NewSpaceMap.add(to: &meta, blockSize: blockSize, pool)
        let (entries, allocated) = (encoder, Int64(clamping: total))
        try meta.edit(number) { object throws(RepairError) in
            try object.replaceSpaceMap(entries, allocated: allocated)
        }
        try meta.edit(list) { zap throws(RepairError) in
            try zap.setWord(String(txg.rawValue, radix: 16), number)
        }
    }

    /// Gives logs back that no metaslab needs any more; `spare` are space maps that nothing refers to.
    private func dropOldLogs(
        list: UInt64, unneeded spare: ArraySlice<UInt64>, from meta: inout ObjectSetDraft
    ) throws(RepairError) {
        guard !rebuilt.isEmpty else { return }
        let kept = survey.metaslabs.enumerated().compactMap { position, metaslab in
            rebuilt.contains(position) || metaslab.unflushedTxg.rawValue == 0
                ? nil : metaslab.unflushedTxg
        }
        let needed = kept.min() ?? txg
        if kept.isEmpty { try empty(list, unneeded: spare, of: &meta) }
        var freed: Set<UInt64> = []
        for log in pool.logSpaceMaps().logs
        // A damaged list may name one twice.
        where log.txg < needed && freed.insert(log.map.object.number).inserted {
            try meta.free(log.map.object.number)
            try NewSpaceMap.countHistogram(-1, of: log.map.header, in: &meta, pool)
            guard !kept.isEmpty else { continue }
            let name = String(log.txg.rawValue, radix: 16)
            try meta.edit(list) { zap throws(RepairError) in try zap.removeEntry(name) }
        }
    }

    /// Takes everything out of the list, whether it can be read or not, and frees maps that it or a metaslab has lost: all
    /// metaslabs have others.
    private func empty(
        _ list: UInt64, unneeded spare: ArraySlice<UInt64>, of meta: inout ObjectSetDraft
    ) throws(RepairError) {
        try meta.edit(list) { zap throws(RepairError) in
            try zap.editZAP(salvaging: true) { entries throws(RepairError) in
                _ = entries.remove { _ in true }
            }
        }
        for number in spare {
            guard let object = try? pool.meta.object(number),
                let header = try? SpaceMapHeader(object.bonus.rawBytes, object.order)
            else { continue }
            try NewSpaceMap.countHistogram(-1, of: header, in: &meta, pool)
            try meta.free(number, ignoringDamage: true)
        }
    }
}
