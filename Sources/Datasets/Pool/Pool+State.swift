package import Bytes
package import Objects
package import Vdevs

/// What the pool is doing and has done.
extension Pool {
    /// The log of commands and events; nil before version 4.
    package func history() throws(PoolError) -> History? {
        guard let object = directory.object(.history) else { return nil }
        return try History(meta.object(object))
    }

    /// The records of the history, the oldest first.
    package func historyRecords() throws(PoolError) -> [HistoryRecord] {
        var records: [HistoryRecord] = []
        try history()?.forEachRecord {
            records.append($0)
        } problem: { offset, what in
            notes.damage("history at byte \(offset)", what, code: .historyRecord)
        }
        return records
    }

    /// The blocks that scrubs and reads found broken.
    package func errors() -> [ErrorEntry] {
        ErrorLogReader(
            meta: meta, directory: directory, isByHead: features.isEnabled("head_errlog")
        ).read()
    }

    /// The running or last scrub or resilver; nil where there was none.
    package func scan() throws(PoolError) -> ScanState? {
        try structure(.scan, as: ScanState.self)
    }

    /// The running or last scrub of known errors; nil where there was none.
    package func errorScrub() throws(PoolError) -> ErrorScrubState? {
        try structure(.errorScrub, as: ErrorScrubState.self)
    }

    /// The running or last removal of a vdev; nil where there was none.
    package func removal() throws(PoolError) -> RemovalState? {
        try structure(.removing, as: RemovalState.self)
    }

    /// The rewriting of a removed vdev's mapping; nil where there is none.
    package func condensing() throws(PoolError) -> CondensingState? {
        try structure(.condensing, as: CondensingState.self)
    }

    /// A structure that stands in the object directory as an array of words.
    private func structure<Structure: FixedStructure>(
        _ key: ObjectDirectory.Key, as type: Structure.Type
    ) throws(PoolError) -> Structure? {
        guard let value = directory.value(key) else { return nil }
        do {
            return try Structure(words: value.words)
        } catch {
            throw .format(object: ObjectDirectory.objectNumber, error)
        }
    }

    /// Which txg was current when, by minutes, days or months; nil where the pool does not keep it.
    package func transactionTimes(
        _ key: ObjectDirectory.Key
    ) throws(PoolError) -> TransactionTimes? {
        guard let value = directory.value(key) else { return nil }
        do {
            return try TransactionTimes(words: value.words)
        } catch {
            throw .format(object: ObjectDirectory.objectNumber, error)
        }
    }

    /// The txg up to which the last scrub has looked; nil where the pool does not keep it.
    package var lastScrubbedTxg: TransactionGroup? {
        directory.value(.lastScrubbedTxg)?.uint64.map { TransactionGroup($0) }
    }

    /// The version with which the pool was made; nil where it does not say.
    package var creationVersion: UInt64? { directory.value(.creationVersion)?.uint64 }

    /// The hot spares, or the cache devices, as the MOS lists them.
    package func auxiliaryDevices(_ key: ObjectDirectory.Key) -> [VdevConfig] {
        guard key == .spares || key == .l2cache, let object = directory.object(key) else {
            return []
        }
        do throws(PoolError) {
            let list = try meta.nvlist(object, key.rawValue)
            return (list.lists(key.rawValue) ?? []).map { VdevConfig($0) }
        } catch {
            meta.damage(object, key.rawValue, "\(error)", code: .configSpares)
            return []
        }
    }

    /// The txgs that a leaf missed while it was away; nil where it missed none.
    package func missedTxgs(of leaf: VdevConfig) throws(PoolError) -> SpaceMap? {
        guard let object = leaf.dtl, object != 0 else { return nil }
        return try meta.spaceMap(object)
    }

    /// What the MOS keeps of a vdev besides its configuration.
    package func zap(of vdev: VdevConfig) -> VdevZAP {
        VdevZAP(vdev.topZAP ?? vdev.leafZAP ?? vdev.rootZAP, meta, "vdev \(vdev.name)")
    }
}
