package import Bytes
import Datasets
import Objects
package import Vdevs

/// The space of a pool as a space check saw it, kept for whoever plans to write.
package struct SpaceSurvey: Sendable {
    /// In the order of vdevs and numbers.
    package let metaslabs: [SurveyedMetaslab]
    /// Whether everything that could own space was seen, so that what nobody claims is free.
    package let isComplete: Bool
    /// Blocks of intent logs that nobody has claimed: in no map, yet wanted at the next import.
    package let pendingLogBlocks: [BlockPointer]
    /// Whether there are more of these blocks, too many to be known: nobody may write to the pool then.
    package let isMissingLogBlocks: Bool
    private let pool: Pool
    private let changes: LoggedChanges

    init(
        _ pool: Pool, _ books: SpaceBookCheck, _ metaslabs: [SurveyedMetaslab], isComplete: Bool,
        pendingLogBlocks: [BlockPointer], isMissingLogBlocks: Bool
    ) {
        self.pool = pool
        self.metaslabs = metaslabs
        self.isComplete = isComplete
        self.pendingLogBlocks = pendingLogBlocks
        self.isMissingLogBlocks = isMissingLogBlocks
        changes = books.changes
    }

    /// The units that a metaslab's map must hold, in order and apart; nil where that can't be known.
    ///
    /// What is claimed, and where not all claims could be seen, all that the map holds besides.
    package func contents(of metaslab: SurveyedMetaslab) -> [Range<Int>]? {
        if isComplete { return metaslab.claimed }
        guard var units = metaslab.allocated else { return nil }
        for run in metaslab.claimed { _ = units.insert(run.clamped(to: 0..<units.count)) }
        var runs: [Range<Int>] = []
        units.forEachRun { runs.append($0) }
        return runs
    }

    /// What was freed in a metaslab since `txg`, in bytes, so that uberblocks of that time may still lead there.
    ///
    /// Nil where the map can't tell: it can't be read, or was written anew since then, which leaves out what is free.
    package func freed(
        in metaslab: SurveyedMetaslab, since txg: TransactionGroup
    ) -> [Range<UInt64>]? {
        var ranges: [Range<UInt64>] = []
        for change in changes.changes(ofShard: metaslab.shard, since: txg)
        where change.entry.kind == .free {
            if let range = change.entry.range(start: 0, shift: LogSpaceMap.shift) {
                ranges.append(range)
            }
        }
        guard metaslab.mapObject != 0 else { return ranges }
        guard let map = try? pool.meta.spaceMap(metaslab.mapObject) else { return nil }
        var isOld = map.header.length == 0
        let problems = map.forEachEntry { entry in
            if entry.txg < txg.rawValue { isOld = true }
            guard entry.kind == .free, entry.txg >= txg.rawValue,
                let range = entry.range(
                    start: metaslab.bounds.lowerBound, shift: metaslab.geometry.ashift)
            else { return }
            ranges.append(range)
        }
        return problems.isEmpty && isOld ? ranges : nil
    }
}
