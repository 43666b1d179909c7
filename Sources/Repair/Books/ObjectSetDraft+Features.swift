import Datasets

extension ObjectSetDraft {
    /// Counts users of a feature that come or go, in the MOS; returns how many there are then, nil in a pool without features.
    ///
    /// Mirrors `spa_feature_incr` and `spa_feature_decr` (`module/zfs/zfeature.c`). Whether who reads must know the
    /// feature says which table counts it.
    @discardableResult
    mutating func countFeature(
        _ name: String, by change: Int, of pool: Pool
    ) throws(RepairError) -> UInt64? {
        let traits = KnownFeature.named(guid: name)?.traits ?? .readOnlyCompatible
        let key: ObjectDirectory.Key =
            traits.contains(.readOnlyCompatible) ? .featuresForWrite : .featuresForRead
        guard let table = pool.directory.object(key) else { return nil }
        let old = try object(table).word(name)
        let count = old ?? 0
        let new =
            change < 0 ? count - min(count, UInt64(change.magnitude)) : count &+ UInt64(change)
        if old != nil || change > 0 {
            try edit(table) { table throws(RepairError) in try table.setWord(name, new) }
        }
        return new
    }
}
